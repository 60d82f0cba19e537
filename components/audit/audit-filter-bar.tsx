"use client";
import { useState } from "react";
import { type AuditGroup, auditGroups } from "#lib/audit/audit-actions.ts";
import { spanWords } from "../job-list/days.ts";
import { SearchBox } from "../job-list/search-box.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { visibleText } from "../visible-text.ts";
import { useAuditFacets } from "./audit-api.ts";
import type { AuditQuery } from "./audit-query.ts";

interface AuditFilterBarProps {
  query: AuditQuery;
  onSearch: (text: string) => void;
  onChange: (filters: Partial<AuditQuery>) => void;
}

const spans = ["1d", "7d", "30d", "90d"] as const;

/** What the trail is narrowed down by. What an entry's own buttons narrow it to stands below as chips. */
export function AuditFilterBar({ query, onSearch, onChange }: AuditFilterBarProps) {
  const actors = useAuditFacets().data?.actors ?? [];
  const known = query.actor === null || actors.includes(query.actor) ? actors : [query.actor, ...actors];
  const span = query.from !== null && spanWords(query.from) !== null;
  const [ownOpen, setOwnOpen] = useState(false);
  const own = !span && (ownOpen || query.from !== null || query.to !== null);
  return (
    <div className="mb-2.5 flex flex-wrap items-center gap-2.5 max-sm:[&>search]:basis-full">
      <SearchBox
        value={query.q}
        onChange={onSearch}
        label="Search the audit trail"
        placeholder="Search names, ids, addresses, changed values"
        group="Audit trail"
      />
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
      <Select
        aria-label="When"
        className="w-44 max-sm:w-full"
        value={span ? query.from : own ? "own" : "any"}
        onValueChange={(value) => {
          setOwnOpen(value === "own");
          onChange(value === "own" || value === "any" ? { from: null, to: null } : { from: value, to: null });
        }}
        options={[
          { value: "any", label: "At any time" },
          ...spans.map((value) => ({ value, label: spanWords(value) ?? value })),
          { value: "own", label: "Between two days" },
        ]}
      />
      {own && (
        <>
          <Input
            type="date"
            aria-label="From"
            className="w-40 max-sm:flex-1"
            value={query.from ?? ""}
            max={query.to ?? undefined}
            onChange={(event) => onChange({ from: event.target.value || null })}
          />
          <Input
            type="date"
            aria-label="Until, that day included"
            className="w-40 max-sm:flex-1"
            value={query.to ?? ""}
            min={query.from ?? undefined}
            onChange={(event) => onChange({ to: event.target.value || null })}
          />
        </>
      )}
    </div>
  );
}
