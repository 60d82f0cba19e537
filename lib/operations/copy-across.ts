import { payer } from "./copy-in-parts.ts";
import { type CopyPlan, ensureKept, headSource, pinned, wholeHeaders } from "./copy-plan.ts";
import { sizeOf } from "./object-head.ts";
import { readTags } from "./object-tags.ts";
import type { Answer, JobContext, Steps, TaskRequest, Work } from "./operation.ts";
import { headerOf } from "./read-answer.ts";
import { type Made, madeBy, type PartRange, uploadInParts } from "./upload-in-parts.ts";

/**
 * Copies an object to a store that cannot read where it is: its bytes are read here and written there.
 * @throws StepFailure
 */
export function* copyAcross(plan: CopyPlan, job: JobContext): Steps<Made> {
  const head = yield* headSource(plan.source, plan.reading);
  const source = pinned(plan.source, head);
  const tags = plan.tags ?? (yield* readTags(source));
  // A lock is given afterwards: S3 takes none with a body whose MD5 it is not told before.
  const headers = withoutLocks(wholeHeaders(plan, head, tags));
  const size = sizeOf(head);
  const { bucket, key, role } = plan.target;
  const stream = ({ from, length }: PartRange, query: Record<string, string>, its: Record<string, string>): Work => {
    const request: TaskRequest = { method: "PUT", bucket, key, query, headers: its, body: "", ...(role !== undefined && { role }) };
    const bytes = {
      ...source,
      from,
      length,
      whole: length === size,
      etag: headerOf(head, "etag") ?? "",
      encrypted: isEncrypted(head),
      headers: payer(plan.reading),
    };
    return { bucket, reads: source.bucket, work: (tools, signal) => tools.carry(bytes, request, signal), ...(role !== undefined && { role }) };
  };
  const made =
    size <= job.sizes.whole
      ? madeBy(yield stream({ number: 1, from: 0, length: size }, {}, headers))
      : yield* uploadInParts({ target: plan.target, headers, size, send: (part, query) => stream(part, query, {}) }, job);
  yield* ensureKept(plan, made, tags, job);
  return made;
}

const withoutLocks = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("x-amz-object-lock-")));

/** Its ETag is no MD5 then. */
const isEncrypted = (head: Answer): boolean =>
  headerOf(head, "x-amz-server-side-encryption")?.startsWith("aws:kms") === true ||
  headerOf(head, "x-amz-server-side-encryption-customer-algorithm") !== undefined;
