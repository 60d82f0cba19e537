import { type Capability, capabilities } from "./capability.ts";
import type { ProbeResult, Verdict } from "./verdict.ts";

/** Why an operation is not offered, as the probe found it. */
export interface Refusal {
  capability: Capability;
  verdict: Exclude<Verdict, "works" | "untried">;
  /** A sentence that names what the store does; may quote the store. */
  message: string;
}

const isBad = (verdict: Verdict): verdict is Refusal["verdict"] => verdict === "refused" || verdict === "ignored" || verdict === "damages";

const severity: Record<Refusal["verdict"], number> = { damages: 0, ignored: 1, refused: 2 };

/** What of `needed` the store does not do, or does wrongly, worst first. What was not tried is not held against it. */
export const refusalsOf = (needed: readonly Capability[], results: readonly ProbeResult[]): Refusal[] =>
  results
    .flatMap(({ capability, verdict, reason }) =>
      needed.includes(capability) && isBad(verdict) ? [{ capability, verdict, message: `${capabilities[capability].title} (${capability}): ${reason}` }] : [],
    )
    .sort((a, b) => severity[a.verdict] - severity[b.verdict]);

/** What of `needed` nobody knows: it was not tried, or by a Longshore that did not know it. */
export const unknownOf = (needed: readonly Capability[], results: readonly ProbeResult[]): { capability: Capability; reason: string }[] =>
  needed.flatMap((capability) => {
    const result = results.find((one) => one.capability === capability);
    return result && result.verdict !== "untried" ? [] : [{ capability, reason: result?.reason ?? "It was not tried." }];
  });
