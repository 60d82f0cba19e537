import type { Task } from "./operation.ts";

/** Who is to be called with a job's tasks. */
export type FunctionCall = { kind: "lambda"; functionArn: string } | { kind: "webhook"; url: string; timeoutSeconds: number };

/** The tasks of one invocation, and what goes with them. */
export interface Invocation {
  jobId: string;
  schemaVersion: "1.0" | "2.0";
  userArguments: Readonly<Record<string, string>> | null;
  /** Which of the answers that the same tasks led to this is to be, from 0: a repeat for want of an answer keeps its number. */
  round: number;
  tasks: readonly CalledTask[];
}

export interface CalledTask extends Task {
  /** Which row of the batch it is that names this object, from 0: what tells rows apart that say the same. */
  repeat: number;
}

/** What the function said of one task. `message`: its resultString. */
export interface CallResult {
  code: "Succeeded" | "TemporaryFailure" | "PermanentFailure";
  message: string;
}

/** Calls functions for one job, with its role's keys. */
export interface FunctionCaller {
  /**
   * @returns a result for each task, in their order
   * @throws StepRetry, StepFailure: of the invocation as a whole
   */
  invoke(call: FunctionCall, invocation: Invocation): Promise<{ httpStatus: number; results: readonly CallResult[] }>;
  /** Whether anything answers where the function is. Calls nothing. */
  answers(call: FunctionCall): Promise<boolean>;
  close(): void;
}
