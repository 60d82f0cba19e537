import type { Job } from "../db/generated/client.ts";

/** What is kept of a job that was sent back; a decision leaves it there, and then it means nothing. */
type Marks = Pick<Job, "status" | "sentBackAt" | "sentBackBy" | "sentBackReason">;

export const isSentBack = (job: Pick<Job, "status" | "sentBackAt">): boolean => job.status === "Suspended" && job.sentBackAt !== null;

/** Who sent it back, when and why; null while it may be confirmed. */
export const sentBackOf = (job: Marks): { actor: string; at: Date; reason: string } | null =>
  isSentBack(job) && job.sentBackAt !== null ? { actor: job.sentBackBy ?? "", at: job.sentBackAt, reason: job.sentBackReason ?? "" } : null;

/** Why it cannot be confirmed: by whom it was sent back, and what has to happen. */
export const refusalOfSentBack = ({ actor, reason }: { actor: string; reason: string }): string =>
  `${actor} has sent this job back: “${cut(reason)}” It can be confirmed once somebody has asked again.`;

/** AWS's messages are short. */
const cut = (reason: string): string => (reason.length > 500 ? `${reason.slice(0, 499).toWellFormed()}…` : reason);

/** The marks of a job that was not sent back, or is asked for again. */
export const notSentBack = { sentBackAt: null, sentBackBy: null, sentBackReason: null } as const;
