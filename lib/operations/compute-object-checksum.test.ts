import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { digestPieces } from "../s3/digest-bytes.ts";
import { computeObjectChecksum } from "./compute-object-checksum.ts";
import type { Bytes, TaskOutcome, TaskRequest, Work, WorkTools } from "./operation.ts";
import { jobOperationSchema } from "./registry.ts";
import { asLine, playSteps, type Said } from "./testing/play-steps.ts";
import { testJob } from "./testing/test-job.ts";

const body = Buffer.from("0123456789abcdefghijklmnopqrstuvwxyz");
const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();

/** A store that has `body`, and says so in HEADs; `parts` are the lengths that it tells. */
async function compute(ChecksumType: "FULL_OBJECT" | "COMPOSITE", headers: Record<string, string>, parts: number[] = []) {
  const read: [number, number][] = [];
  const tools = {
    digest: ({ from, length }: Bytes, algorithms: ["SHA256"], known: null) => {
      read.push([from, length]);
      return digestPieces([body.subarray(from, from + length)], algorithms, known);
    },
    checksum: async (pieces: Uint8Array[], algorithm: "SHA256") => (await digestPieces(pieces, [algorithm], null)).value(algorithm),
  } as unknown as WorkTools;
  const say = async (request: TaskRequest | Work): Promise<Said> => {
    if ("work" in request) return request.work(tools, new AbortController().signal);
    const part = Number(request.query.partNumber ?? 0);
    return { headers: part === 0 ? { "content-length": `${body.length}`, ...headers } : { "content-length": `${parts[part - 1] ?? body.length}` } };
  };
  const run = computeObjectChecksum.run({ ChecksumAlgorithm: "SHA256", ChecksumType }, testJob({ sizes: { whole: 10, part: 10 } }));
  if (!("steps" in run)) throw new Error("a single request");
  const { end, sent } = await playSteps(run.steps([{ bucket: "b", key: "k" }]), say);
  if ("failure" in end) return { failure: end.failure.code, read, lines: sent.map(asLine) };
  const outcome = end.value[0] as TaskOutcome;
  return { message: JSON.parse(outcome.message ?? "") as unknown, read, lines: sent.map(asLine) };
}

describe("a checksum", () => {
  const whole = {
    checksum_base64: sha(body).toString("base64"),
    etag: "e",
    checksumAlgorithm: "SHA256",
    checksumType: "FULL_OBJECT",
    checksum_hex: sha(body).toString("hex").toUpperCase(),
  };

  it("of the whole object is read in ranges", async () => {
    const { message, read } = await compute("FULL_OBJECT", { etag: '"e"' });
    expect(message).toEqual(whole);
    expect(read).toEqual([
      [0, 10],
      [10, 10],
      [20, 10],
      [30, 6],
    ]);
  });

  it.each<[string, Record<string, string>, boolean]>([
    ["kept, and of this type", { "x-amz-checksum-sha256": whole.checksum_base64, "x-amz-checksum-type": "FULL_OBJECT" }, false],
    ["kept, by a store that tells no type", { "x-amz-checksum-sha256": whole.checksum_base64 }, false],
    ["kept of the parts", { "x-amz-checksum-sha256": "AAAA-2", "x-amz-checksum-type": "COMPOSITE" }, true],
    ["kept by another algorithm", { "x-amz-checksum-crc32": "AAAAAA==" }, true],
  ])("that is %s is read: %j %s", async (_what, headers, reads) => {
    const { message, read } = await compute("FULL_OBJECT", { etag: '"e"', ...headers });
    expect(message).toEqual(whole);
    expect(read.length > 0).toBe(reads);
  });

  it("of the parts is the checksum of theirs, however large they are", async () => {
    const composite = sha(Buffer.concat([sha(body.subarray(0, 25)), sha(body.subarray(25))]));
    const { message, read, lines } = await compute("COMPOSITE", { etag: '"e-2"' }, [25, 11]);
    expect(message).toMatchObject({
      checksum_base64: `${composite.toString("base64")}-2`,
      checksum_hex: `${composite.toString("hex").toUpperCase()}-2`,
      etag: "e-2",
    });
    expect(read.map(([from]) => from)).toEqual([0, 10, 20, 25, 35]);
    expect(lines.slice(0, 3)).toEqual(["HEAD b/k", "HEAD b/k?partNumber=1", "HEAD b/k?partNumber=2"]);
  });

  it.each([
    ["was not uploaded in parts", { etag: '"e"' }, [], "NoParts"],
    ["has parts that the store does not tell", { etag: '"e-2"' }, [], "PartsUnknown"],
  ])("of the parts of an object that %s is none", async (_what, headers, parts, code) => {
    expect(await compute("COMPOSITE", headers, parts)).toMatchObject({ failure: code });
  });
});

it.each([
  [{}, { ChecksumAlgorithm: "CRC64NVME", ChecksumType: "FULL_OBJECT" }],
  [{ ChecksumAlgorithm: "CRC64NVME", ChecksumType: "COMPOSITE" }, null],
  [{ ChecksumAlgorithm: "ADLER32" }, null],
])("%j is taken for %j", (params, taken) => {
  const parsed = jobOperationSchema.safeParse({ S3ComputeObjectChecksum: params });
  expect(parsed.success ? parsed.data.S3ComputeObjectChecksum : null).toEqual(taken);
});
