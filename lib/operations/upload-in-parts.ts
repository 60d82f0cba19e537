import { escapeXml } from "../s3/escape-xml.ts";
import { headIfAllowed, headObject, type Place, sizeOf } from "./object-head.ts";
import { type Answer, type JobContext, StepFailure, type Steps, type TaskRequest, type Work } from "./operation.ts";
import { headerOf, parseAnswer, textOf } from "./read-answer.ts";

/** An object that was made, and its version where its bucket has versions. */
export interface Made {
  httpStatus: number;
  versionId: string | undefined;
}

export const madeBy = (answer: Answer): Made => ({ httpStatus: answer.httpStatus, versionId: headerOf(answer, "x-amz-version-id") });

/** Bytes of an object that make one part; `number` counts from 1. */
export interface PartRange {
  number: number;
  from: number;
  length: number;
}

/** An object that is made of parts. */
export interface PartsUpload {
  target: Place;
  /** What the object is to have. */
  headers: Record<string, string>;
  size: number;
  /** What sends one part. */
  send(part: PartRange, query: { partNumber: string; uploadId: string }): TaskRequest | Work;
}

/** S3 has no more. */
const maxParts = 10_000;
const mebibyte = 1024 * 1024;
const atOnce = 4;

/** @param least bytes of a part; more where the object would have too many of them */
export function cutParts(size: number, least: number): PartRange[] {
  const fair = Math.ceil(size / maxParts);
  const bytes = fair <= least ? least : Math.ceil(fair / mebibyte) * mebibyte;
  return Array.from({ length: Math.max(1, Math.ceil(size / bytes)) }, (_, index) => ({
    number: index + 1,
    from: index * bytes,
    length: Math.min(bytes, size - index * bytes),
  }));
}

/**
 * Makes an object of parts. An upload that does not come to its end is given up, so that nobody pays for its parts.
 * @throws StepFailure
 */
export function* uploadInParts(upload: PartsUpload, job: JobContext): Steps<Made> {
  const { target, headers, size } = upload;
  const at = { bucket: target.bucket, key: target.key, ...(target.role !== undefined && { role: target.role }), wantsAnswer: true as const };
  const begun = yield { ...at, method: "POST", query: { uploads: "" }, headers, body: "" };
  const uploadId = textOf(parseAnswer(begun, "InitiateMultipartUploadResult").UploadId);
  try {
    const parts = cutParts(size, job.sizes.part);
    const sent: SentPart[] = [];
    for (let from = 0; from < parts.length; from += atOnce) {
      const some = parts.slice(from, from + atOnce);
      const answers = yield some.map((part) => upload.send(part, { partNumber: `${part.number}`, uploadId }));
      sent.push(...some.map(({ number }, index) => sentPart(number, answers[index] as Answer)));
    }
    return yield* complete({ ...at, method: "POST", query: { uploadId }, headers: { "content-type": "application/xml" }, body: listOf(sent) }, sent, size, job);
  } catch (error) {
    yield* giveUp({ ...at, method: "DELETE", query: { uploadId }, headers: {}, body: "", always: true });
    throw error;
  }
}

function* giveUp(request: TaskRequest): Steps<void> {
  try {
    yield request;
  } catch (error) {
    // What ended the upload is what the task fails with.
    if (!(error instanceof StepFailure)) throw error;
  }
}

/** A part as the store has it; `checksums` are elements that the list of parts repeats. */
interface SentPart {
  number: number;
  etag: string;
  checksums: string;
}

const checksumHeader = /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256|sha512|md5|xxhash64|xxhash3|xxhash128)$/;

function sentPart(number: number, answer: Answer): SentPart {
  const header = headerOf(answer, "etag");
  if (header !== undefined && !answer.body.includes("CopyPartResult")) {
    const checksums = Object.keys(answer.headers).flatMap((name) => {
      const algorithm = checksumHeader.exec(name)?.[1]?.toUpperCase();
      return algorithm === undefined ? [] : [`<Checksum${algorithm}>${escapeXml(headerOf(answer, name) ?? "")}</Checksum${algorithm}>`];
    });
    return { number, etag: bare(header), checksums: checksums.join("") };
  }
  const result = parseAnswer(answer, "CopyPartResult");
  const named = Object.entries(result).filter(([name, value]) => /^Checksum[A-Z0-9]+$/.test(name) && typeof value === "string");
  return { number, etag: bare(textOf(result.ETag)), checksums: named.map(([name, value]) => `<${name}>${escapeXml(value as string)}</${name}>`).join("") };
}

/** Without quotes, which some stores leave out. */
export const bare = (etag: string): string => etag.replace(/^"(.*)"$/, "$1");

const listOf = (parts: readonly SentPart[]): string =>
  `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts
    .map(({ number, etag, checksums }) => `<Part><PartNumber>${number}</PartNumber><ETag>&quot;${escapeXml(etag)}&quot;</ETag>${checksums}</Part>`)
    .join("")}</CompleteMultipartUpload>`;

function* complete(request: TaskRequest, parts: readonly SentPart[], size: number, job: JobContext): Steps<Made> {
  const { bucket, key, role } = request;
  let made: Made;
  try {
    made = madeBy(yield request);
  } catch (error) {
    if (!(error instanceof StepFailure) || error.outcome.code !== "NoSuchUpload") throw error;
    // The answer to an earlier try may have been lost. Only the object itself can tell.
    const head = yield* headObject({ bucket, key, role });
    if (bare(headerOf(head, "etag") ?? "") !== etagOf(parts, job)) throw error;
    made = madeBy(head);
  }
  const head = yield* headIfAllowed({ bucket, key, role, versionId: made.versionId });
  const there = head === null ? size : sizeOf(head);
  if (there === size) return made;
  const message = `The store made an object of ${there} bytes out of parts that have ${size}`;
  throw new StepFailure({ kind: "failed", httpStatus: made.httpStatus, code: "UnexpectedResponse", message });
}

/** What S3 gives an object of these parts; null where their own ETags are no MD5s. */
function etagOf(parts: readonly SentPart[], job: JobContext): string | null {
  if (!parts.every(({ etag }) => /^[0-9a-f]{32}$/.test(etag))) return null;
  const bytes = parts.flatMap(({ etag }) => Array.from({ length: 16 }, (_, index) => Number.parseInt(etag.slice(2 * index, 2 * index + 2), 16)));
  return `${job.md5(Uint8Array.from(bytes))}-${parts.length}`;
}
