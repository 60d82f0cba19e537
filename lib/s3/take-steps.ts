import type { FunctionCaller } from "../operations/function-call.ts";
import type { Steps } from "../operations/operation.ts";
import { StepFailure } from "../operations/operation.ts";
import { createAdmission } from "./admission.ts";
import { createCap } from "./cap.ts";
import { connectS3, type S3Target } from "./connect-s3.ts";
import { routeSenders } from "./route-senders.ts";
import { runSteps } from "./run-steps.ts";
import { createTaskSender } from "./task-sender.ts";
import { openWorkTools } from "./work-tools.ts";

/** Takes the steps of single tasks outside of a job: for a review, where a person waits. */
export interface StepTaker {
  /** @throws StepFailure, after less patience than a job has */
  take<T>(steps: Steps<T>): Promise<T>;
  close(): void;
}

/**
 * @param others stores by the ARNs of the roles that requests name
 * @param patienceMs tries end then; a request that is on its way still gets its time
 */
export function openStepTaker(target: S3Target, others: ReadonlyMap<string, S3Target> = new Map(), patienceMs = 5_000): StepTaker {
  const admission = createAdmission();
  const s3 = connectS3(target);
  const work = openWorkTools({ s3, functions: noFunctions }, target, others);
  const senderTo = (store: S3Target, name: string) =>
    createTaskSender(store, { endpoint: admission.endpoint(name), jobCap: createCap() }, admission, work.tools);
  const sender = routeSenders(senderTo(target, "steps"), new Map([...others].map(([role, store]) => [role, senderTo(store, role)])));
  return {
    take<T>(steps: Steps<T>) {
      const group = { cutShort: false };
      const patience = setTimeout(() => sender.cutShort(group), patienceMs);
      return new Promise<T>((resolve, reject) => {
        runSteps<T>(
          steps,
          sender,
          group,
          ({ result }) => ("value" in result ? resolve(result.value) : reject(new StepFailure(result.failure))),
          reject,
        ).start();
      }).finally(() => clearTimeout(patience));
    },
    close() {
      sender.close();
      work.close();
      s3.destroy();
    },
  };
}

/** Nobody's function is called by looking. */
const noFunctions: FunctionCaller = {
  invoke: () => Promise.reject(new StepFailure({ kind: "failed", httpStatus: 0, code: "NotInvoked", message: "Functions are invoked by jobs only" })),
  answers: async () => false,
  close: () => undefined,
};
