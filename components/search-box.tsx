"use client";
import { Search, X } from "lucide-react";
import { useRef } from "react";
import { useShortcuts } from "./shortcuts/use-shortcuts.ts";
import { Input } from "./ui/input.tsx";

/** `/` anywhere on the page leads into it, Escape empties it. */
export function SearchBox({
  value,
  onChange,
  label,
  placeholder,
  group,
}: {
  value: string;
  onChange: (text: string) => void;
  label: string;
  placeholder: string;
  /** Of the shortcut, among the others. */
  group: string;
}) {
  const box = useRef<HTMLInputElement>(null);
  useShortcuts([
    {
      keys: "/",
      label: "Search",
      group,
      run: () => {
        box.current?.focus();
        box.current?.select();
      },
    },
  ]);
  return (
    <search className="relative block min-w-48 flex-1">
      <Search aria-hidden className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-text-faint" />
      <Input
        ref={box}
        type="text"
        inputMode="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={placeholder}
        maxLength={256}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (value === "") box.current?.blur();
          else onChange("");
        }}
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
