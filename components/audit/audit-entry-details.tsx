import { ArrowUpRight } from "lucide-react";
import Link from "next/link";
import type { AuditEntryView } from "#lib/audit/audit-views.ts";
import { SafeText } from "../safe-text.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { DescriptionList } from "../ui/description-list.tsx";
import { Time } from "../ui/time.tsx";
import { AuditChanges } from "./audit-changes.tsx";
import type { AuditQuery } from "./audit-query.ts";
import { hrefOfTarget } from "./entry-words.ts";

/** Everything that is known of an entry, and where to go on from it. */
export function AuditEntryDetails({ entry, onNarrow }: { entry: AuditEntryView; onNarrow: (filters: Partial<AuditQuery>) => void }) {
  const { target } = entry;
  const href = hrefOfTarget(entry);
  const id = target.id;
  return (
    <div className="flex flex-col gap-4">
      {entry.detail && (
        <p className="whitespace-pre-wrap">
          <SafeText text={entry.detail} max={1000} />
        </p>
      )}
      <AuditChanges entry={entry} />
      <DescriptionList
        className="text-note"
        items={[
          { term: "When", value: <Time value={entry.at} absolute /> },
          { term: "By", value: <SafeText text={entry.actor} /> },
          { term: "Through", value: entry.via },
          ...(entry.ip === null ? [] : [{ term: "From address", value: <Copied text={entry.ip} label="Copy the address" /> }]),
          ...(entry.userAgent === null ? [] : [{ term: "Program", value: <SafeText text={entry.userAgent} /> }]),
          ...(entry.accessKeyId === null
            ? []
            : [{ term: "Signed with access key", value: <Copied text={entry.accessKeyId} label="Copy the access key ID" /> }]),
          ...(id === null ? [] : [{ term: `Id of the ${target.type}`, value: <Copied text={id} label={`Copy the id of the ${target.type}`} /> }]),
          ...(entry.requestId === null ? [] : [{ term: "Request", value: <Copied text={entry.requestId} label="Copy the request's id" /> }]),
          { term: "Entry", value: entry.id },
        ]}
      />
      <div className="flex flex-wrap gap-2">
        {href !== null && (
          <Link href={href} prefetch={false} className={buttonClass({ size: "sm" })}>
            {target.type === "job" || target.type === "connection" ? `Open the ${target.type}` : "Go to its page"}
            <ArrowUpRight aria-hidden />
          </Link>
        )}
        {id !== null && (
          <Button size="sm" onClick={() => onNarrow({ target: id })}>
            All of this {target.type}
          </Button>
        )}
        <Button size="sm" onClick={() => onNarrow({ actor: entry.actor })}>
          All by this {entry.actor === "Longshore" ? "program" : "person"}
        </Button>
      </div>
    </div>
  );
}

const Copied = ({ text, label }: { text: string; label: string }) => (
  <span className="flex items-start gap-1">
    <SafeText text={text} className="font-mono text-code" />
    <CopyButton value={text} label={label} />
  </span>
);
