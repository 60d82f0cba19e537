import { countOf } from "../job-progress.ts";
import { Button } from "../ui/button.tsx";
import { formatNumber } from "../ui/number.tsx";
import { Progress } from "../ui/progress.tsx";
import type { ReportSearch } from "./use-report-search.ts";

/** How far a search has looked, and what stops it or takes it on. */
export function SearchProgress({ found, filtered }: { found: ReportSearch; filtered: boolean }) {
  const { searched, going, more, stale } = found;
  if (found.error !== null || (searched === null && !going && found.rows.length === 0 && !more)) return null;
  if (!filtered && searched !== null && found.rows.length === 0) return null;
  const words = wordsOf(found, filtered);
  // A first page is there at once: a bar that comes and goes would only flicker.
  const bar = going && filtered && searched !== null && !stale;
  return (
    <div className="flex min-h-14 flex-wrap items-center justify-between gap-x-6 gap-y-2 border-border border-t px-5 py-2.5">
      <p className="text-note text-text-muted tabular-nums" aria-live={going ? "off" : "polite"}>
        {words}
      </p>
      <div className="flex items-center gap-4">
        {bar && <Progress label="Rows searched" value={searched.rows} max={Math.max(1, searched.of)} className="w-40" />}
        {going && filtered ? (
          <Button size="sm" onClick={found.stop}>
            Stop
          </Button>
        ) : (
          more && (
            <Button size="sm" loading={going} onClick={found.goOn}>
              {filtered ? "Search on" : "Load more"}
            </Button>
          )
        )}
      </div>
    </div>
  );
}

function wordsOf({ rows, searched, more, going, stale }: ReportSearch, filtered: boolean): string {
  const count = rows.length;
  if (searched === null || stale) return going ? "Searching…" : "Not searched yet";
  if (!filtered) return more ? `First ${countOf(count, "row")} of ${formatNumber(searched.of)}` : countOf(count, "row");
  const matches = `${count === 0 ? "none matches" : count === 1 ? "1 matches" : `${formatNumber(count)} match`}${more ? " so far" : ""}`;
  return more
    ? `Searched ${formatNumber(searched.rows)} of ${countOf(searched.of, "row")}: ${matches}`
    : `All ${countOf(searched.rows, "row")} searched: ${matches}`;
}
