"use client";
import { Download, ScrollText, SearchX } from "lucide-react";
import { debounce, useQueryStates } from "nuqs";
import { useCallback } from "react";
import { type FilterChip, FilterChips } from "../filter-chips.tsx";
import { LoadFailed } from "../load-failed.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useDebounced, useLongWait } from "../use-debounced.ts";
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
  const dimmed = useLongWait(trail.isPlaceholderData);
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
      <FilterChips chips={chipsOf(query)} onChange={change} className="mb-3" />
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
        <div className={dimmed ? "opacity-60" : undefined} aria-busy={trail.isPlaceholderData}>
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

/** What no control above shows. */
const chipsOf = ({ target, action }: AuditQuery): FilterChip<AuditQuery>[] => [
  ...(target === null ? [] : [{ key: "target", name: "Of", value: target, without: { target: null } }]),
  ...(action === null ? [] : [{ key: "action", name: "Only", value: `“${actionWords(action)}”`, without: { action: null } }]),
];

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
