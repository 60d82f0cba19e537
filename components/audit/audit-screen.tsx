"use client";
import { Download, ScrollText, SearchX, X } from "lucide-react";
import { debounce, useQueryStates } from "nuqs";
import { useCallback } from "react";
import { LoadFailed } from "../load-failed.tsx";
import { SafeText } from "../safe-text.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useDebounced } from "../use-debounced.ts";
import { useAudit } from "./audit-api.ts";
import { AuditEntry } from "./audit-entry.tsx";
import { AuditFilterBar } from "./audit-filter-bar.tsx";
import { type AuditQuery, auditParsers, auditSearch, isFilteredAudit, noAuditFilters } from "./audit-query.ts";
import { actionWords, byDay } from "./entry-words.ts";

/** Who did what, the newest first. */
export function AuditScreen() {
  const [query, setQuery] = useQueryStates(auditParsers);
  const search = auditSearch({ ...query, q: useDebounced(query.q, 250) }).toString();
  const trail = useAudit(search);
  const change = useCallback((filters: Partial<AuditQuery>) => void setQuery(filters, { history: "push" }), [setQuery]);
  const clear = () => change(noAuditFilters);
  const entries = trail.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <>
      <PageHeader
        title="Audit trail"
        description="Who did what, to what, from where, and what changed. Entries are never changed, and never removed."
        actions={(["csv", "jsonl"] as const).map((format) => (
          <a
            key={format}
            href={`/api/audit/export?${new URLSearchParams([...new URLSearchParams(search), ["format", format]])}`}
            download
            title="All entries that match"
            className={buttonClass()}
          >
            <Download aria-hidden />
            {format === "csv" ? "CSV" : "JSON lines"}
          </a>
        ))}
      />
      <AuditFilterBar query={query} onSearch={(q) => setQuery({ q }, { limitUrlUpdates: debounce(250) })} onChange={change} />
      <Chips query={query} onChange={change} />
      {trail.error && (
        <div className="mb-4">
          <LoadFailed noun="entries" query={trail} />
        </div>
      )}
      {trail.isPending && !trail.error && <Waiting />}
      {trail.data && entries.length === 0 && (
        <Card>
          {isFilteredAudit(query) ? (
            <EmptyState icon={<SearchX />} title="No entry matches" action={<Button onClick={clear}>Clear search and filters</Button>}>
              An entry has to match everything above, and has each word of the search somewhere in it.
            </EmptyState>
          ) : (
            <EmptyState icon={<ScrollText />} title="Nothing has been done yet">
              Each sign-in and each change of a job, a connection, a role, a person or a key is written down here.
            </EmptyState>
          )}
        </Card>
      )}
      {entries.length > 0 && (
        <div className={trail.isPlaceholderData ? "opacity-60 transition-opacity delay-150" : undefined} aria-busy={trail.isPlaceholderData}>
          {byDay(entries).map(({ day, entries: some }) => (
            <section key={day} aria-label={day} className="mb-5">
              <h2 className="mb-1.5 font-medium text-note text-text-muted">{day}</h2>
              <Card className="overflow-hidden">
                <ol>
                  {some.map((entry) => (
                    <AuditEntry key={entry.id} entry={entry} onNarrow={change} />
                  ))}
                </ol>
              </Card>
            </section>
          ))}
          <p className="flex justify-center py-1 text-note text-text-muted">
            {trail.hasNextPage ? (
              <Button onClick={() => trail.fetchNextPage()} loading={trail.isFetchingNextPage}>
                Show older entries
              </Button>
            ) : (
              "That is all."
            )}
          </p>
        </div>
      )}
    </>
  );
}

/** What no control above shows; a press takes it away. */
function Chips({ query, onChange }: { query: AuditQuery; onChange: (filters: Partial<AuditQuery>) => void }) {
  const chips = [
    ...(query.target === null ? [] : [{ name: "Of", value: query.target, without: { target: null } }]),
    ...(query.action === null ? [] : [{ name: "Only", value: `“${actionWords(query.action)}”`, without: { action: null } }]),
  ];
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Filters" className="mb-3 flex flex-wrap gap-1.5">
      {chips.map(({ name, value, without }) => (
        <li key={name} className="max-w-full">
          <button
            type="button"
            onClick={() => onChange(without)}
            className="flex h-7 max-w-full items-center gap-1.5 rounded-md border border-border bg-surface-2 pr-1.5 pl-2 text-xs hover:border-border-strong hover:bg-surface-3"
          >
            <span className="sr-only">Remove the filter</span> <span className="shrink-0 text-text-muted">{name}</span>
            <span className="truncate font-medium">
              <SafeText text={value} />
            </span>
            <X aria-hidden className="size-3.5 shrink-0 text-text-muted" />
          </button>
        </li>
      ))}
    </ul>
  );
}

const Waiting = () => (
  <Card role="status" aria-label="Reading the audit trail" className="divide-y divide-border">
    {["a", "b", "c", "d", "e", "f"].map((row) => (
      <div key={row} className="flex h-14 items-center gap-6 px-5">
        <Skeleton className="w-16" />
        <Skeleton className="flex-1" />
        <Skeleton className="w-24 max-sm:hidden" />
      </div>
    ))}
  </Card>
);
