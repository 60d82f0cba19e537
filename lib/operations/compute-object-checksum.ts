import { z } from "zod";
import { headObject, sizeOf } from "./object-head.ts";
import {
  type Answer,
  type ChecksumAlgorithm,
  type Digest,
  defineOperation,
  type JobContext,
  StepFailure,
  type Steps,
  type Task,
  type TaskOutcome,
  type Work,
} from "./operation.ts";
import { headerOf } from "./read-answer.ts";
import { bare, cutParts } from "./upload-in-parts.ts";

const algorithms = [
  "CRC64NVME",
  "CRC32",
  "CRC32C",
  "MD5",
  "SHA1",
  "SHA256",
  "SHA512",
  "XXHASH64",
  "XXHASH3",
  "XXHASH128",
] as const satisfies readonly ChecksumAlgorithm[];
const types = ["FULL_OBJECT", "COMPOSITE"] as const;

const schema = z
  .strictObject({ ChecksumAlgorithm: z.enum(algorithms).default("CRC64NVME"), ChecksumType: z.enum(types).default("FULL_OBJECT") })
  .refine(({ ChecksumAlgorithm, ChecksumType }) => ChecksumAlgorithm !== "CRC64NVME" || ChecksumType === "FULL_OBJECT", {
    path: ["ChecksumType"],
    error: "S3 has CRC64NVME of whole objects only: choose FULL_OBJECT, or another algorithm",
  });
type Params = z.infer<typeof schema>;

/** As ResultMessage has it. `base64` of a composite ends with the number of parts, as S3 writes it. */
interface Checksum {
  base64: string;
  hex: string;
}

const checksumOf = (bytes: Uint8Array, parts?: number): Checksum => {
  const suffix = parts === undefined ? "" : `-${parts}`;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");
  return { base64: btoa(String.fromCharCode(...bytes)) + suffix, hex: hex + suffix };
};

/** Of what S3 keeps and tells. */
function storedChecksum(head: Answer, { ChecksumAlgorithm, ChecksumType }: Params): Checksum | null {
  const value = headerOf(head, `x-amz-checksum-${ChecksumAlgorithm.toLowerCase()}`);
  const match = /^([A-Za-z0-9+/]+=*)(?:-(\d+))?$/.exec(value ?? "");
  if (match?.[1] === undefined) return null;
  // Before S3 told of types, a number of parts was what made a composite.
  const type = headerOf(head, "x-amz-checksum-type") ?? (match[2] === undefined ? "FULL_OBJECT" : "COMPOSITE");
  if (type !== ChecksumType) return null;
  const bytes = Uint8Array.from(atob(match[1]), (character) => character.charCodeAt(0));
  return checksumOf(bytes, match[2] === undefined ? undefined : Number(match[2]));
}

/** A range of the object as it was when it was looked at. */
interface Range {
  from: number;
  length: number;
}

function* digestOf(source: Task, head: Answer, ranges: readonly Range[], algorithm: ChecksumAlgorithm): Steps<Digest> {
  const size = sizeOf(head);
  let digest: Digest | null = null;
  for (const { from, length } of ranges) {
    const bytes = { ...source, etag: headerOf(head, "etag") ?? "", from, length, whole: length === size, encrypted: false };
    const before = digest;
    const read: Work = {
      bucket: source.bucket,
      async work(tools, signal) {
        digest = await tools.digest(bytes, [algorithm], before, signal);
        return { httpStatus: 200, headers: {}, body: "" };
      },
    };
    yield read;
  }
  if (digest === null) throw new Error("Nothing was read");
  return digest;
}

/** Its value is worked out by somebody who may wait. */
function* valueIn(bucket: string, digest: Digest, algorithm: ChecksumAlgorithm): Steps<Uint8Array> {
  let value = new Uint8Array();
  const wait: Work = {
    bucket,
    async work() {
      value = Uint8Array.from(await digest.value(algorithm));
      return { httpStatus: 200, headers: {}, body: "" };
    },
  };
  yield wait;
  return value;
}

function* wholeChecksum(source: Task, head: Answer, algorithm: ChecksumAlgorithm, job: JobContext): Steps<Checksum> {
  const digest = yield* digestOf(source, head, cutParts(sizeOf(head), job.sizes.part), algorithm);
  return checksumOf(yield* valueIn(source.bucket, digest, algorithm));
}

/** Bytes of the parts that the object was uploaded in. @throws StepFailure NoParts, PartsUnknown */
function* partsOf(source: Task, head: Answer): Steps<Range[]> {
  const failure = (code: string, message: string) => new StepFailure({ kind: "failed", httpStatus: 200, code, message });
  const count = Number(/-(\d+)$/.exec(bare(headerOf(head, "etag") ?? ""))?.[1] ?? 0);
  if (count === 0) throw failure("NoParts", "The object was not uploaded in parts, so it has no composite checksum: ask for FULL_OBJECT");
  const ranges: Range[] = [];
  let from = 0;
  for (let number = 1; number <= count; number += 1) {
    const part = yield {
      method: "HEAD",
      ...source,
      query: { partNumber: `${number}` },
      headers: { "if-match": headerOf(head, "etag") ?? "" },
      body: "",
      wantsAnswer: true,
    };
    ranges.push({ from, length: sizeOf(part) });
    from += sizeOf(part);
  }
  if (from !== sizeOf(head))
    throw failure("PartsUnknown", "The store does not tell the sizes of the object's parts, so they cannot be read one by one: ask for FULL_OBJECT");
  return ranges;
}

function* compositeChecksum(source: Task, head: Answer, algorithm: ChecksumAlgorithm, job: JobContext): Steps<Checksum> {
  const parts = yield* partsOf(source, head);
  const values: Uint8Array[] = [];
  for (const { from, length } of parts) {
    const ranges = cutParts(length, job.sizes.part).map((range) => ({ from: from + range.from, length: range.length }));
    values.push(yield* valueIn(source.bucket, yield* digestOf(source, head, ranges, algorithm), algorithm));
  }
  let value = new Uint8Array();
  const join: Work = {
    bucket: source.bucket,
    async work(tools) {
      value = Uint8Array.from(await tools.checksum(values, algorithm));
      return { httpStatus: 200, headers: {}, body: "" };
    },
  };
  yield join;
  return checksumOf(value, parts.length);
}

function* compute(task: Task, params: Params, job: JobContext): Steps<TaskOutcome> {
  const { ChecksumAlgorithm: algorithm, ChecksumType: type } = params;
  const head = yield* headObject(task, { "x-amz-checksum-mode": "ENABLED" });
  const source = { bucket: task.bucket, key: task.key, versionId: task.versionId ?? headerOf(head, "x-amz-version-id") };
  const compute = type === "FULL_OBJECT" ? wholeChecksum : compositeChecksum;
  const { base64, hex } = storedChecksum(head, params) ?? (yield* compute(source, head, algorithm, job));
  const etag = bare(headerOf(head, "etag") ?? "");
  const message = JSON.stringify({ checksum_base64: base64, etag, checksumAlgorithm: algorithm, checksumType: type, checksum_hex: hex });
  return { kind: "succeeded", httpStatus: head.httpStatus, message };
}

export const computeObjectChecksum = defineOperation({
  name: "S3ComputeObjectChecksum",
  title: "Compute checksum",
  summary: "Writes a checksum of every object to the report. Changes nothing; an object whose checksum the store does not keep is read.",
  group: "Archive and checksums",
  schema,
  fields: [
    {
      path: "ChecksumAlgorithm",
      label: "Checksum algorithm",
      kind: "select",
      required: true,
      options: algorithms.map((value) => ({ value, label: value })),
    },
    {
      path: "ChecksumType",
      label: "Checksum type",
      kind: "select",
      required: true,
      options: [
        { value: "FULL_OBJECT", label: "Full object" },
        { value: "COMPOSITE", label: "Composite: of the checksums of the parts that it was uploaded in" },
      ],
    },
  ],
  initial: { ChecksumAlgorithm: "CRC64NVME", ChecksumType: "FULL_OBJECT" },
  describe: ({ ChecksumAlgorithm, ChecksumType }) => `Compute the ${ChecksumType === "COMPOSITE" ? "composite " : ""}checksum by ${ChecksumAlgorithm}`,
  warning: () => "Objects whose checksum the store does not keep are read whole: that takes as long as downloading them, and the store may charge for it.",
  irreversible: () => null,
  permissions: (_params, bucket) => [
    { action: "s3:GetObject", resource: `arn:aws:s3:::${bucket}/*` },
    { action: "s3:GetObjectVersion", resource: `arn:aws:s3:::${bucket}/*` },
  ],
  needs: () => ["HeadObject", "GetObject", "GetObjectRange"],
  previewNeeds: () => ["HeadObject"],
  destinations: () => [],
  run: (params, job) => ({
    size: 1,
    *steps([task]) {
      return [yield* compute(task as Task, params, job)];
    },
  }),
  preview: (params) =>
    function* (task) {
      const head = yield* headObject(task, { "x-amz-checksum-mode": "ENABLED" });
      const name = `Checksum by ${params.ChecksumAlgorithm}`;
      const stored = storedChecksum(head, params);
      const value = stored === null ? "kept by nobody" : stored.base64;
      return {
        before: [{ name, value }],
        after: [{ name, value: stored === null ? `in the report, once ${sizeOf(head).toLocaleString("en")} bytes are read` : value }],
      };
    },
});
