import { type Answer, type Step, StepFailure, type Steps, type TaskRequest } from "../operation.ts";

/** What a store answers; a status of 300 or more is a failure with `code`. */
export interface Reply {
  httpStatus?: number;
  body?: string;
  headers?: Record<string, string>;
  code?: string;
}

/** Runs steps against a store that answers by `reply`. @returns what they came to, and every request in order */
export function driveSteps<T>(steps: Steps<T>, reply: (request: TaskRequest) => Reply): { result: T; requests: TaskRequest[] } {
  const requests: TaskRequest[] = [];
  const ask = (request: TaskRequest): Answer | StepFailure => {
    requests.push(request);
    const { httpStatus = 200, body = "", headers = {}, code = "SomeCode" } = reply(request);
    return httpStatus < 300 ? { httpStatus, headers, body } : new StepFailure({ kind: "failed", httpStatus, code, message: `it says ${code}` });
  };
  let next = steps.next();
  while (!next.done) {
    const step: Step = next.value;
    if ("settled" in step) next = steps.next(step.settled.map(ask) as never);
    else if (Array.isArray(step) || "work" in step) throw new Error("not driven here");
    else {
      const answer = ask(step as TaskRequest);
      next = answer instanceof StepFailure ? steps.throw(answer) : steps.next(answer as never);
    }
  }
  return { result: next.value, requests };
}
