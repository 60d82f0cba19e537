import { z } from "zod";
import { type Capability, capabilities } from "./capability.ts";

/**
 * What a store does with one capability.
 * works: what was asked for, and nothing else. refused: said no, which is honest. ignored: answered as if done, and did not do it.
 * damages: changed or deleted what it must not touch. untried: nothing can be said, and `reason` says why.
 */
export const verdicts = ["works", "refused", "ignored", "damages", "untried"] as const;
export type Verdict = (typeof verdicts)[number];

export interface ProbeResult {
  capability: Capability;
  verdict: Verdict;
  /** A sentence for people; empty where there is nothing to say. May quote what the store said: show it as hostile text. */
  reason: string;
}

const resultSchema = z.object({ capability: z.string(), verdict: z.enum(verdicts), reason: z.string() });

/** Results as they were stored; those of a Longshore that knew other capabilities are left out. */
export const readResults = (stored: unknown): ProbeResult[] =>
  z
    .array(resultSchema)
    .parse(stored)
    .filter((result): result is ProbeResult => Object.hasOwn(capabilities, result.capability));

/** Ends a trial with what was found. */
export class Judged extends Error {
  override name = "Judged";
  readonly verdict: Verdict;
  readonly reason: string;
  constructor(verdict: Verdict, reason: string) {
    super(reason);
    this.verdict = verdict;
    this.reason = reason;
  }
}

export const ignored = (reason: string): Judged => new Judged("ignored", reason);
export const damages = (reason: string): Judged => new Judged("damages", reason);
export const untried = (reason: string): Judged => new Judged("untried", reason);
