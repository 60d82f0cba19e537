import type { Answer, StepFailure, Steps, TaskRequest } from "./operation.ts";

/** Sends several requests at once. @returns what became of each, in their order: a failure of one leaves the others alone */
export function* settleAll(requests: readonly TaskRequest[]): Steps<(Answer | StepFailure)[]> {
  if (requests.length === 0) return [];
  return (yield { settled: requests }) as unknown as (Answer | StepFailure)[];
}
