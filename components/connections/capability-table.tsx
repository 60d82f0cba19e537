import { capabilities } from "#lib/probe/capability.ts";
import type { ProbeResult } from "#lib/probe/verdict.ts";
import { SafeText } from "../safe-text.tsx";
import { Badge } from "../ui/badge.tsx";
import { verdictLooks } from "./verdict-words.ts";

const groups = [...new Set(Object.values(capabilities).map(({ group }) => group))];

/** Every capability with what the store does, group by group. The reasons may quote the store. */
export function CapabilityTable({ results }: { results: readonly ProbeResult[] }) {
  return (
    <div className="divide-y divide-border">
      {groups.map((group) => {
        const own = results.filter(({ capability }) => capabilities[capability].group === group);
        if (own.length === 0) return null;
        const working = own.filter(({ verdict }) => verdict === "works").length;
        return (
          <section key={group} aria-label={group} className="px-5 py-4">
            <h3 className="mb-2 flex items-baseline justify-between gap-3 font-medium text-note">
              {group}
              <span className="font-normal text-text-muted tabular-nums">
                {working} of {own.length} work
              </span>
            </h3>
            <ul className="flex flex-col">
              {rowsOf(own).map((results) => (
                <CapabilityRow key={results[0].capability} results={results} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

type Row = [ProbeResult, ...ProbeResult[]];

/** What was not tried for one and the same reason stands together: the reason is then read once. */
const rowsOf = (results: readonly ProbeResult[]): Row[] =>
  [...Map.groupBy(results, ({ capability, verdict, reason }) => (verdict === "untried" ? reason : capability)).values()] as Row[];

function CapabilityRow({ results }: { results: Row }) {
  const [{ verdict, reason }] = results;
  const { word, tone } = verdictLooks[verdict];
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-0.5 border-border border-t py-2 first:border-t-0">
      <span className="flex min-w-0 flex-col gap-0.5">
        {results.map(({ capability }) => (
          <span key={capability}>
            <span title={capabilities[capability].means}>{capabilities[capability].title}</span>{" "}
            <span className="font-mono text-text-muted text-xs [overflow-wrap:anywhere]">{capability}</span>
          </span>
        ))}
      </span>
      <Badge tone={tone} dot={verdict !== "untried"}>
        {word}
      </Badge>
      {reason !== "" && (
        <span className="col-span-2 max-w-prose text-note text-text-muted leading-5 [overflow-wrap:anywhere]">
          <SafeText text={reason} />
        </span>
      )}
    </li>
  );
}
