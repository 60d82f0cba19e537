"use client";
import { Search, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Input } from "../ui/input.tsx";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

/** `/` anywhere on the page leads into it, Escape empties it. */
export function SearchBox({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, []);
  return (
    <search className="relative block min-w-0 flex-1 sm:max-w-sm">
      <Search aria-hidden className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-text-faint" />
      <Input
        ref={box}
        type="text"
        inputMode="search"
        autoComplete="off"
        spellCheck={false}
        aria-label="Search jobs by description or id"
        aria-keyshortcuts="/"
        placeholder="Search description or id"
        maxLength={256}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && value !== "" && onChange("")}
        className="pr-9 pl-9"
      />
      {value === "" ? (
        <kbd
          aria-hidden
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2.5 rounded border border-border bg-surface-2 px-1.5 font-mono text-xs text-text-muted leading-4.5 max-sm:hidden"
        >
          /
        </kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => {
            onChange("");
            box.current?.focus();
          }}
          className="-translate-y-1/2 absolute top-1/2 right-1.5 flex size-6 items-center justify-center rounded-md text-text-muted hover:bg-surface-2 hover:text-text"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </search>
  );
}
