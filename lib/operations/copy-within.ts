import { copyInParts, isTooLarge } from "./copy-in-parts.ts";
import { type CopyPlan, copySourceHeaders, copySourceOf, ensureKept, headSource } from "./copy-plan.ts";
import { tagsHeader } from "./object-tags.ts";
import { type JobContext, StepFailure, type Steps, type TaskRequest } from "./operation.ts";
import { type Made, madeBy } from "./upload-in-parts.ts";

/** What is the same in every request of a plan's kind. */
export function copyHeaders({ headers, keepsMetadata, tags, reading }: Omit<CopyPlan, "source" | "target">): Record<string, string> {
  return {
    ...(!keepsMetadata && { "x-amz-metadata-directive": "REPLACE" }),
    ...headers,
    ...(tags !== null && { "x-amz-tagging-directive": "REPLACE", "x-amz-tagging": tagsHeader(tags) }),
    ...copySourceHeaders(reading),
  };
}

/** Copies an object within its store: by a single request where it is small enough for that. */
export function* copyWithin(plan: CopyPlan, job: JobContext): Steps<Made> {
  const { "if-modified-since": since, "if-unmodified-since": until } = plan.reading;
  // A store that ignores the conditions would copy all the same.
  if (!job.amazon && (since !== undefined || until !== undefined)) yield* headSource(plan.source, plan.reading);
  const { bucket, key } = plan.target;
  const headers = { ...copyHeaders(plan), "x-amz-copy-source": copySourceOf(plan.source) };
  const request: TaskRequest = { method: "PUT", bucket, key, query: {}, headers, body: "", wantsAnswer: true };
  let made: Made;
  try {
    made = madeBy(yield request);
  } catch (error) {
    if (error instanceof StepFailure && isTooLarge(error.outcome)) return yield* copyInParts(plan, job);
    throw error;
  }
  yield* ensureKept(plan, made, plan.tags, job);
  return made;
}
