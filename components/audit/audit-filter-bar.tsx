"use client";
import { type AuditGroup, auditGroups } from "#lib/audit/audit-actions.ts";
import { SearchBox } from "../search-box.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { useTimeSpan } from "../use-time-span.ts";
import { visibleText } from "../visible-text.ts";
import { useAuditFacets } from "./audit-api.ts";
import type { AuditQuery } from "./audit-query.ts";

interface AuditFilterBarProps {
  query: AuditQuery;
  onSearch: (text: string) => void;
  onChange: (filters: Partial<AuditQuery>) => void;
}

/** What the trail is narrowed down by. What an entry's own buttons narrow it to stands below as chips. */
export function AuditFilterBar({ query, onSearch, onChange }: AuditFilterBarProps) {
  const actors = useAuditFacets().data?.actors ?? [];
  const known = query.actor === null || actors.includes(query.actor) ? actors : [query.actor, ...actors];
  const { select, days } = useTimeSpan(query, onChange);
  return (
    <div className="mb-2.5 flex flex-wrap items-center gap-2.5 max-sm:[&>search]:basis-full">
      <SearchBox value={query.q} onChange={onSearch} label="Search the audit trail" placeholder="Search names, ids and values" group="Audit trail" />
      <Select
        aria-label="Kind of action"
        className="w-52 max-sm:w-full"
        value={query.group ?? "any"}
        onValueChange={(group) => onChange({ group: group === "any" ? null : (group as AuditGroup) })}
        options={[{ value: "any", label: "All actions" }, ...Object.entries(auditGroups).map(([value, { label }]) => ({ value, label }))]}
      />
      <Select
        aria-label="Who"
        className="w-52 max-sm:w-full"
        value={`=${query.actor ?? ""}`}
        onValueChange={(actor) => onChange({ actor: actor === "=" ? null : actor.slice(1) })}
        options={[{ value: "=", label: "Anybody" }, ...known.map((actor) => ({ value: `=${actor}`, label: visibleText(actor) }))]}
      />
      <Select aria-label="When" className="w-44 max-sm:w-full" {...select} />
      {days && (
        <>
          <Input aria-label="From" className="w-40 max-sm:flex-1" {...days.from} />
          <Input aria-label="Until, that day included" className="w-40 max-sm:flex-1" {...days.to} />
        </>
      )}
    </div>
  );
}
