import type { Change, Task } from "../operations/operation.ts";

/** `unknown`: it cannot be known without a change, or nobody answered. */
export type FindingState = "ok" | "warning" | "error" | "unknown";

/** What is checked, in the order in which it is shown. */
export const preflightChecks = ["manifest", "objects", "rights", "destination", "settings", "report", "checks"] as const;
export type PreflightCheck = (typeof preflightChecks)[number];

/** One thing that was checked, in words that say what to do. */
export interface PreflightFinding {
  check: PreflightCheck;
  state: FindingState;
  message: string;
}

/** One of the job's objects, as it is and as it would be. */
export interface SampledObject {
  task: Task;
  /** Null where the role may not see its size. */
  bytes: number | null;
  /** Null where what is there now could not be read, and `failure` says why. */
  change: Change | null;
  failure: { httpStatus: number; code: string; message: string } | null;
}

/** What was found about a job before anybody confirms it. Kept in the database, and shown in its review. */
export interface Preflight {
  /** ISO 8601; names this one among those of the job: a confirmation in spite of errors says which errors it has seen. */
  checkedAt: string;
  findings: PreflightFinding[];
  /** Bytes of all objects: exact where the list of them tells, `about` from the sample; null where neither does. */
  bytes: { total: number; about: boolean } | null;
  samples: SampledObject[];
}

export const errorsOf = ({ findings }: { findings: readonly PreflightFinding[] }): PreflightFinding[] =>
  findings.filter((finding) => finding.state === "error");
