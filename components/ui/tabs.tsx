"use client";
import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface TabsProps<Value extends string> {
  value: Value;
  onValueChange: (value: Value) => void;
  tabs: readonly { value: Value; label: ReactNode; content?: ReactNode }[];
  label: string;
  className?: string;
}

/** Tabs that scroll sideways where there is no room. */
export function Tabs<Value extends string>({ value, onValueChange, tabs, label, className }: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={(next: Value) => onValueChange(next)} className={className}>
      <Base.List aria-label={label} className="relative flex gap-5 overflow-x-auto border-border border-b">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className={cn(
              "h-10 shrink-0 whitespace-nowrap border-transparent border-b-2 font-medium text-text-muted -outline-offset-2 hover:text-text",
              "data-[active]:border-accent data-[active]:text-text",
            )}
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-4 outline-none">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
