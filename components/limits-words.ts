import type { Limits } from "#lib/jobs/job-views.ts";
import { formatNumber } from "./ui/number.tsx";

/** Caps in words: "At most 200 requests at once and 1,000 a second". */
export function limitsWords({ maxInFlight, maxRequestsPerSecond }: Limits): string {
  const requests = (count: number) => `${formatNumber(count)} ${count === 1 ? "request" : "requests"}`;
  if (maxInFlight === null) return maxRequestsPerSecond === null ? "None" : `At most ${requests(maxRequestsPerSecond)} a second`;
  if (maxRequestsPerSecond === null) return `At most ${requests(maxInFlight)} at once`;
  return `At most ${requests(maxInFlight)} at once, and ${formatNumber(maxRequestsPerSecond)} a second`;
}

/** What somebody typed as a cap: nothing is no cap, and what is no number NaN, which the schema refuses. */
export function capOf(typed: unknown): number | null {
  if (typeof typed === "number") return typed;
  const text = typeof typed === "string" ? typed.trim().replaceAll(",", "") : "";
  if (text === "") return null;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}
