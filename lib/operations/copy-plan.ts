import { encodeComponent, encodeKey } from "../s3/encode-key.ts";
import { headObject, type Place } from "./object-head.ts";
import { ensureLocks, locksIn } from "./object-locks.ts";
import { metadataOf } from "./object-metadata.ts";
import { ensureTags, tagsHeader } from "./object-tags.ts";
import { type Answer, type JobContext, StepFailure, type Steps, type Task } from "./operation.ts";
import { headerOf } from "./read-answer.ts";
import type { Tag } from "./tags.ts";
import type { Made } from "./upload-in-parts.ts";

/** One object that is to be made like another. */
export interface CopyPlan {
  source: Task;
  target: Place;
  /** What the new object is to have, as every request that makes one carries it; content headers and metadata only where they are new. */
  headers: Record<string, string>;
  /** Whether content headers and metadata are the source's. */
  keepsMetadata: boolean;
  /** New tags; null for the source's. */
  tags: readonly Tag[] | null;
  /** Conditions on the source and who pays for it, as a GET of it carries them. */
  reading: Record<string, string>;
}

/** What making a copy needs where it is made: in parts, and with a look at whether it has its tags. */
export const makingActions = [
  "s3:PutObject",
  "s3:PutObjectAcl",
  "s3:PutObjectTagging",
  "s3:PutObjectVersionTagging",
  "s3:AbortMultipartUpload",
  "s3:GetObject",
  "s3:GetObjectVersion",
  "s3:GetObjectTagging",
  "s3:GetObjectVersionTagging",
] as const;

/** As x-amz-copy-source has it. */
export const copySourceOf = ({ bucket, key, versionId }: Task): string =>
  `/${bucket}/${encodeKey(key)}${versionId === undefined ? "" : `?versionId=${encodeComponent(versionId)}`}`;

const conditions: Record<string, string> = {
  "if-match": "x-amz-copy-source-if-match",
  "if-modified-since": "x-amz-copy-source-if-modified-since",
  "if-unmodified-since": "x-amz-copy-source-if-unmodified-since",
};

/** The reading's headers as a copying request carries them. */
export const copySourceHeaders = (reading: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(reading).map(([name, value]) => [conditions[name] ?? name, value]));

/**
 * What S3 says of the source, if its conditions hold: some stores ignore them.
 * @throws StepFailure PreconditionFailed
 */
export function* headSource(source: Task, reading: Record<string, string>): Steps<Answer> {
  const { "if-modified-since": since, "if-unmodified-since": until, ...headers } = reading;
  const head = yield* headObject(source, headers);
  const modified = Date.parse(headerOf(head, "last-modified") ?? "");
  if ((since !== undefined && modified <= Date.parse(since)) || (until !== undefined && modified > Date.parse(until))) {
    const message = `The object was last modified at ${new Date(modified).toISOString()}, which the job's conditions exclude`;
    throw new StepFailure({ kind: "failed", httpStatus: 412, code: "PreconditionFailed", message });
  }
  return head;
}

/** The version that was looked at, and no other that comes meanwhile. */
export const pinned = (source: Task, head: Answer): Task => ({ ...source, versionId: source.versionId ?? headerOf(head, "x-amz-version-id") });

/** All that the new object is to have, for requests that take nothing over from a source by themselves. */
export const wholeHeaders = ({ headers, keepsMetadata }: CopyPlan, head: Answer, tags: readonly Tag[]): Record<string, string> => ({
  ...(keepsMetadata && metadataOf(head)),
  ...headers,
  ...(tags.length > 0 && { "x-amz-tagging": tagsHeader(tags) }),
});

/**
 * Sees that the new object has its tags and locks, which some stores take and drop.
 * @param tags null where the store itself took them over
 */
export function* ensureKept({ target, headers }: CopyPlan, made: Made, tags: readonly Tag[] | null, job: JobContext): Steps<void> {
  const place = { ...target, versionId: made.versionId };
  if (tags !== null && (target.role !== undefined || !job.amazon)) yield* ensureTags(place, tags);
  yield* ensureLocks(place, locksIn(headers));
}
