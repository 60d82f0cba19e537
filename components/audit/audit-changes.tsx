import type { AuditEntryView } from "#lib/audit/audit-views.ts";
import { SafeText } from "../safe-text.tsx";
import { cn } from "../ui/cn.ts";
import { visibleJson } from "../visible-text.ts";
import { changesOf, fieldWords, shortValue } from "./entry-words.ts";

/** What each field was and is: beside each other where there is room, else below. */
export function AuditChanges({ entry }: { entry: Pick<AuditEntryView, "before" | "after"> }) {
  const changes = changesOf(entry);
  if (changes.length === 0) return null;
  const [was, is] = [entry.before !== null, entry.after !== null];
  const sides = cn("grid gap-x-4 gap-y-1 md:grid-cols-[11rem_minmax(0,1fr)]", was && is && "md:grid-cols-[11rem_minmax(0,1fr)_minmax(0,1fr)]");
  return (
    <div className="overflow-hidden rounded-lg border border-border bg-surface">
      <div aria-hidden className={cn(sides, "border-border border-b px-3 py-1.5 font-medium text-text-muted text-xs max-md:hidden")}>
        <span>Field</span>
        {was && <span>Before</span>}
        {is && <span>After</span>}
      </div>
      <dl className="divide-y divide-border">
        {changes.map(({ name, before, after }) => (
          <div key={name} className={cn(sides, "px-3 py-2")}>
            <dt className="text-note text-text-muted [overflow-wrap:anywhere]" title={name}>
              <SafeText text={fieldWords(name)} />
            </dt>
            {was && <Side label="Before" value={before} tone="text-danger" />}
            {is && <Side label="After" value={after} tone="text-success" />}
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Told by a word where the columns have no heads, and to those who do not see them; colour alone tells nothing. */
const Side = ({ label, value, tone }: { label: string; value: unknown; tone: string }) => (
  <dd className="min-w-0">
    <span className={cn("mr-2 font-medium text-xs md:sr-only", tone)}>{label} </span>
    {value === undefined ? <span className="text-text-faint">–</span> : <Value value={value} />}
  </dd>
);

function Value({ value }: { value: unknown }) {
  const short = shortValue(value);
  if (short !== null || typeof value === "string") {
    const nothing = value === null || value === "";
    return <SafeText text={short ?? String(value)} max={400} className={cn("text-note", nothing && "text-text-muted italic")} />;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <pre tabIndex={0} className="max-h-80 overflow-auto whitespace-pre-wrap rounded font-mono text-xs leading-5 [overflow-wrap:anywhere]">
      {visibleJson(value)}
    </pre>
  );
}
