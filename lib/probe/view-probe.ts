import type { Probe } from "../db/generated/client.ts";
import { capabilities } from "./capability.ts";
import type { ProbeSummary, ProbeView } from "./probe-views.ts";
import { type ProbeResult, readResults, type Verdict } from "./verdict.ts";

const order = Object.keys(capabilities);
const never: ProbeView = {
  state: "never",
  askedAt: null,
  askedBy: null,
  endedAt: null,
  failure: null,
  results: null,
  resultsAt: null,
  versioned: false,
  locks: false,
  server: null,
  serverNow: null,
};

export function viewProbe(probe: Probe | null): ProbeView {
  if (!probe) return never;
  return {
    state: stateOf(probe),
    askedAt: probe.askedAt.toISOString(),
    askedBy: probe.askedBy,
    endedAt: probe.endedAt?.toISOString() ?? null,
    failure: probe.failure,
    results: resultsOf(probe),
    resultsAt: probe.resultsAt?.toISOString() ?? null,
    versioned: probe.versioned,
    locks: probe.locks,
    server: probe.server,
    serverNow: probe.serverSeen === probe.server ? null : probe.serverSeen,
  };
}

function stateOf({ startedAt, endedAt, failure }: Probe): ProbeView["state"] {
  if (endedAt === null) return startedAt === null ? "waiting" : "running";
  return failure === null ? "done" : "failed";
}

/** Null where nothing has been found yet. */
export const resultsOf = (probe: Probe | null): ProbeResult[] | null =>
  probe?.resultsAt ? readResults(probe.results).sort((a, b) => order.indexOf(a.capability) - order.indexOf(b.capability)) : null;

export function summarizeProbe(probe: Probe | null): ProbeSummary {
  const results = resultsOf(probe);
  const count = (...verdicts: Verdict[]) => results?.filter(({ verdict }) => verdicts.includes(verdict)).length ?? 0;
  return {
    state: probe ? stateOf(probe) : "never",
    found: results && { works: count("works"), refused: count("refused"), wrong: count("ignored", "damages") },
  };
}
