import type { ProbeSummary } from "#lib/probe/probe-views.ts";
import type { Verdict } from "#lib/probe/verdict.ts";
import type { BadgeTone } from "../ui/badge.tsx";

export const verdictLooks: Record<Verdict, { word: string; tone: BadgeTone }> = {
  works: { word: "Works", tone: "success" },
  refused: { word: "Refused", tone: "neutral" },
  ignored: { word: "Not done", tone: "warning" },
  damages: { word: "Damages", tone: "danger" },
  untried: { word: "Not tried", tone: "neutral" },
};

/** How a probe stands, in a few words. */
export function probeWords({ state, found }: ProbeSummary): string {
  if (found) return `${found.works} work, ${found.refused} are refused, ${found.wrong} are done wrongly`;
  return { never: "Not probed yet", waiting: "Waits for a worker", running: "Is being probed", failed: "Could not be probed", done: "" }[state];
}
