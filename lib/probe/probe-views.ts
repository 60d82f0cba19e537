import type { ProbeResult } from "./verdict.ts";

/** How a connection's probe stands, for lists. */
export interface ProbeSummary {
  state: ProbeView["state"];
  /** How many capabilities work, are refused, and are done wrongly; null while nothing was found. */
  found: { works: number; refused: number; wrong: number } | null;
}

/** What the JSON API shows of a connection's probe. Times are ISO 8601. */
export interface ProbeView {
  /** never: nobody has asked for one. waiting: for a worker. failed: the last run found nothing, and `failure` says why. */
  state: "never" | "waiting" | "running" | "done" | "failed";
  askedAt: string | null;
  /** E-mail, or "Longshore". */
  askedBy: string | null;
  endedAt: string | null;
  failure: string | null;
  /** Of the last run that found something, in the order of lib/probe/capability.ts; null while there was none. */
  results: ProbeResult[] | null;
  resultsAt: string | null;
  /** Whether the work bucket keeps versions, and whether it has Object Lock. */
  versioned: boolean;
  locks: boolean;
  /** The Server header of the store then; `serverNow` where another one was seen since. */
  server: string | null;
  serverNow: string | null;
}
