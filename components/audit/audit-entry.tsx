"use client";
import { ChevronRight } from "lucide-react";
import { memo, useId, useState } from "react";
import type { AuditEntryView } from "#lib/audit/audit-views.ts";
import { SafeText } from "../safe-text.tsx";
import { cn } from "../ui/cn.ts";
import { AuditEntryDetails } from "./audit-entry-details.tsx";
import type { AuditQuery } from "./audit-query.ts";
import { actionWords, changeInShort, clockOf } from "./entry-words.ts";

interface AuditEntryProps {
  entry: AuditEntryView;
  onNarrow: (filters: Partial<AuditQuery>) => void;
}

/** One line that says who did what; it opens to all there is. */
export const AuditEntry = memo(function AuditEntry({ entry, onNarrow }: AuditEntryProps) {
  const [open, setOpen] = useState(false);
  const panel = useId();
  const { actor, action, target, detail, via, ip } = entry;
  // A job need not have a description.
  const name = target.name || (target.type === "job" ? (target.id?.slice(0, 8) ?? null) : null);
  const short = changeInShort(entry) ?? (detail && { detail });
  return (
    <li className="border-border border-b last:border-b-0">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        onClick={() => setOpen(!open)}
        className="flex w-full items-start gap-3 px-5 py-2.5 text-left -outline-offset-2 hover:bg-surface-2 max-sm:px-4"
      >
        <ChevronRight aria-hidden className={cn("mt-0.5 size-4 shrink-0 text-text-faint transition-transform", open && "rotate-90")} />
        <span className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 md:grid-cols-[5.5rem_minmax(0,1fr)_11rem]">
          <time dateTime={entry.at} className="text-note text-text-muted tabular-nums">
            {clockOf(entry.at)}
          </time>
          <span className="min-w-0">
            <span className="line-clamp-3">
              <SafeText text={actor} className="font-medium" /> {actionWords(action)}
              {name !== null && name !== actor && (
                <>
                  {" "}
                  <SafeText text={name} max={160} still className="font-medium" />
                </>
              )}
            </span>
            {short && (
              <span className="line-clamp-1 text-note text-text-muted">
                <SafeText text={typeof short === "string" ? short : short.detail} max={200} still />
              </span>
            )}
          </span>
          <span className="min-w-0 text-note text-text-muted md:text-right">
            {ip === null ? via : <SafeText text={ip} className="tabular-nums" />}
            {ip !== null && via !== "console" && <span> · {via}</span>}
          </span>
        </span>
      </button>
      {open && (
        <div id={panel} className="border-border border-t bg-surface-2 px-5 py-4 max-sm:px-4 md:pl-12">
          <AuditEntryDetails entry={entry} onNarrow={onNarrow} />
        </div>
      )}
    </li>
  );
});
