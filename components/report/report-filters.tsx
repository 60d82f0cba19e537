"use client";
import { Search, X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { visibleText } from "../visible-text.ts";
import { filterChips, httpWords, noFilter, type ReportQuery } from "./report-query.ts";
import { useTyped } from "./use-typed.ts";

interface ReportFiltersProps {
  job: JobDetails;
  query: ReportQuery;
  /** @param typed letter by letter, so that it need not be gone back through */
  onChange: (query: Partial<ReportQuery>, typed?: boolean) => void;
}

const every = "every";

/** `/` leads into the search, Escape empties a field. */
export function ReportFilters({ job, query, onChange }: ReportFiltersProps) {
  const [text, setText] = useTyped(query.text, (next) => onChange({ text: next }, true));
  const [prefix, setPrefix] = useTyped(query.prefix, (next) => onChange({ prefix: next }, true));
  const box = useRef<HTMLInputElement>(null);
  useSlash(box);
  const answers = [...new Set([...job.errors.map((error) => error.httpStatus), ...(query.http === null ? [] : [query.http])])].sort((a, b) => a - b);
  const chips = filterChips(query);
  return (
    <div className="flex flex-col gap-3 border-border border-b px-5 py-3">
      <search className="grid gap-2 @xl:grid-cols-2 @4xl:grid-cols-[1.4fr_1fr_11rem]">
        <div className="relative @xl:max-@4xl:col-span-2">
          <Search aria-hidden className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-text-faint" />
          <Input
            ref={box}
            aria-label="Search in keys, version ids and messages"
            aria-keyshortcuts="/"
            placeholder="Search key, version or message"
            inputMode="search"
            autoComplete="off"
            spellCheck={false}
            maxLength={256}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && setText("")}
            className="pl-9"
          />
        </div>
        <Input
          aria-label="Key begins with"
          placeholder="Key begins with"
          autoComplete="off"
          spellCheck={false}
          maxLength={1024}
          value={prefix}
          onChange={(event) => setPrefix(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && setPrefix("")}
          mono={prefix !== ""}
        />
        <Select
          aria-label="HTTP status"
          value={query.http === null ? every : String(query.http)}
          onValueChange={(next) => onChange({ http: next === every ? null : Number(next) })}
          options={[{ value: every, label: "Any HTTP status" }, ...answers.map((status) => ({ value: String(status), label: httpWords(status) }))]}
        />
      </search>
      {chips.length > 0 && (
        <ul aria-label="Filters" className="flex flex-wrap items-center gap-1.5">
          {chips.map(({ label, value, without }) => (
            <li key={label} className="flex max-w-full items-center gap-1 rounded-lg bg-accent-soft py-0.5 pr-0.5 pl-2.5 text-accent-text text-note">
              <span className="min-w-0">
                {label} <SafeText text={value} max={40} still className="font-medium" />
              </span>
              <button
                type="button"
                aria-label={`Remove the filter ${label} ${visibleText(value)}`}
                onClick={() => onChange(without)}
                className="flex size-6 shrink-0 items-center justify-center rounded-md hover:bg-surface"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
          {chips.length > 1 && (
            <li>
              <Button variant="ghost" size="sm" onClick={() => onChange({ ...noFilter, status: query.status })}>
                Clear all
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

function useSlash(box: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, [box]);
}
