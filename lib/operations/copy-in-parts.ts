import { type CopyPlan, copySourceOf, ensureKept, headSource, pinned, wholeHeaders } from "./copy-plan.ts";
import { sizeOf } from "./object-head.ts";
import { readTags } from "./object-tags.ts";
import type { JobContext, Steps, TaskFailed } from "./operation.ts";
import { headerOf } from "./read-answer.ts";
import { type Made, uploadInParts } from "./upload-in-parts.ts";

/** Whether a single request was refused because the object is larger than a single request copies. */
export const isTooLarge = ({ httpStatus, code, message }: TaskFailed): boolean =>
  code === "EntityTooLarge" || (httpStatus === 400 && code === "InvalidRequest" && /larger than the maximum allowable size/i.test(message));

/**
 * Copies an object within its store, part by part, however large it is.
 * @throws StepFailure
 */
export function* copyInParts(plan: CopyPlan, job: JobContext): Steps<Made> {
  const head = yield* headSource(plan.source, plan.reading);
  const source = pinned(plan.source, head);
  const tags = plan.tags ?? (yield* readTags(source));
  const reads: Record<string, string> = {
    ...payer(plan.reading),
    "x-amz-copy-source": copySourceOf(source),
    "x-amz-copy-source-if-match": headerOf(head, "etag") ?? "",
  };
  const { bucket, key } = plan.target;
  const size = sizeOf(head);
  const made = yield* uploadInParts(
    {
      target: plan.target,
      headers: { ...wholeHeaders(plan, head, tags), ...payer(plan.reading) },
      size,
      send: ({ from, length }, query) => ({
        method: "PUT",
        bucket,
        key,
        query,
        headers: { ...reads, "x-amz-copy-source-range": `bytes=${from}-${from + length - 1}` },
        body: "",
        wantsAnswer: true,
      }),
    },
    job,
  );
  yield* ensureKept(plan, made, tags, job);
  return made;
}

export const payer = ({ "x-amz-request-payer": pays }: Record<string, string>): Record<string, string> =>
  pays === undefined ? {} : { "x-amz-request-payer": pays };
