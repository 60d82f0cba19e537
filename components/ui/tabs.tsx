"use client";
import { type KeyboardEvent, type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

export interface TabsProps<Value extends string> {
  value: Value;
  onValueChange: (value: Value) => void;
  tabs: readonly { value: Value; label: ReactNode; content?: ReactNode }[];
  label: string;
  className?: string;
}

/** Tabs that scroll sideways where there is no room. Arrows move the focus along them; a tab is chosen by pressing it. */
export function Tabs<Value extends string>({ value, onValueChange, tabs, label, className }: TabsProps<Value>) {
  const id = useId();
  const chosen = tabs.find((tab) => tab.value === value);
  return (
    <div className={className}>
      <div role="tablist" aria-label={label} onKeyDown={moveFocus} className="relative flex gap-5 overflow-x-auto border-border border-b">
        {tabs.map((tab) => {
          const active = tab.value === value;
          return (
            <button
              key={tab.value}
              type="button"
              role="tab"
              id={`${id}-${tab.value}`}
              aria-selected={active}
              aria-controls={active ? `${id}-panel` : undefined}
              data-active={active || undefined}
              // Without a chosen tab the first is where the keyboard comes in.
              tabIndex={active || (!chosen && tab === tabs[0]) ? 0 : -1}
              onClick={() => onValueChange(tab.value)}
              className={cn(
                "h-10 shrink-0 whitespace-nowrap border-transparent border-b-2 font-medium text-text-muted -outline-offset-2 hover:text-text",
                "data-[active]:border-accent data-[active]:text-text",
              )}
            >
              {tab.label}
            </button>
          );
        })}
      </div>
      {chosen && (
        <div
          key={chosen.value}
          role="tabpanel"
          id={`${id}-panel`}
          aria-labelledby={`${id}-${chosen.value}`}
          // It may hold nothing that takes the focus; where it is only said which rows stand below, there is nothing to go to.
          tabIndex={chosen.content === undefined ? undefined : 0}
          className="pt-4 -outline-offset-2"
        >
          {chosen.content}
        </div>
      )}
    </div>
  );
}

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowRight: (at, last) => (at === last ? 0 : at + 1),
  ArrowLeft: (at, last) => (at === 0 ? last : at - 1),
  Home: () => 0,
  End: (_at, last) => last,
};

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  if (!step) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.findIndex((tab) => tab.contains(document.activeElement));
  if (at < 0) return;
  event.preventDefault();
  tabs[step(at, tabs.length - 1)]?.focus();
}
