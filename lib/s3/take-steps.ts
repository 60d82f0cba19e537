import type { Steps } from "../operations/operation.ts";
import { StepFailure } from "../operations/operation.ts";
import { createAdmission } from "./admission.ts";
import { createCap } from "./cap.ts";
import type { S3Target } from "./connect-s3.ts";
import { runSteps } from "./run-steps.ts";
import { createTaskSender } from "./task-sender.ts";

/** Takes the steps of single tasks outside of a job: for a review, where a person waits. */
export interface StepTaker {
  /** @throws StepFailure, after less patience than a job has */
  take<T>(steps: Steps<T>): Promise<T>;
  close(): void;
}

/** Tries end then; a request that is on its way still gets its time. */
const patienceMs = 5_000;

export function openStepTaker(target: S3Target): StepTaker {
  const admission = createAdmission();
  const lane = { endpoint: admission.endpoint("steps"), jobCap: createCap() };
  const sender = createTaskSender(target, lane, admission);
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
    close: () => sender.close(),
  };
}
