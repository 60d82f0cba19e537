import { gunzipSync } from "node:zlib";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { listBucket } from "#lib/manifests/list-bucket.ts";
import { listInParallel } from "#lib/manifests/list-in-parallel.ts";
import { type Engine, startEngine } from "./testing/engine-harness.ts";

let engine: Engine;
let keys: string[];
beforeAll(async () => {
  engine = await startEngine();
  keys = await engine.objects(2_500, "photos/2026 ");
});
afterAll(() => engine.stop());
afterEach(() => engine.sandbox.faults.clear());

type Generator = NonNullable<CreateJobInput["ManifestGenerator"]>["S3JobManifestGenerator"];
const generated = (more: Partial<Generator> = {}): Partial<CreateJobInput> => ({
  Manifest: undefined,
  ManifestGenerator: { S3JobManifestGenerator: { SourceBucket: "arn:aws:s3:::data", EnableManifestOutput: false, ...more } },
});
const failureOf = async (more: Partial<CreateJobInput>) => {
  const jobId = await engine.create([], more);
  await engine.prepareNext();
  const { status, failureReasons } = await engine.details(jobId);
  return { jobId, status, ...failureReasons[0] };
};

it("names every object of the bucket, counts them, and keeps the first for the review", async () => {
  const jobId = await engine.create([], generated());
  await engine.prepareNext();
  const job = await engine.details(jobId);
  expect(job).toMatchObject({ status: "Suspended", totalTasks: 2_500, chunks: { Pending: 3 } });
  expect(job.manifestSample).toHaveLength(10);
  expect(job.manifestSample.every((task) => keys.includes(task.key))).toBe(true);
  expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 2_500 });
  expect((await engine.rows(jobId)).map((row) => row.key).sort()).toEqual([...keys].sort());
});

it("selects by the parts of a key and by size", async () => {
  const Filter = { KeyNameConstraint: { MatchAnyPrefix: ["photos/2026 1", "photos/2026 12", "none/"], MatchAnySuffix: ["7"] }, ObjectSizeLessThanBytes: 16 };
  const jobId = await engine.create([], generated({ Filter }));
  await engine.prepareNext();
  // 17, 107, 117, … 197: keys are their objects' bodies, so four digits are 16 bytes.
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", totalTasks: keys.filter((key) => /^photos\/2026 1\d?7$/.test(key)).length });
});

it("keeps the manifest where the job wants it, as an inventory is kept", async () => {
  const jobId = await engine.create(
    [],
    generated({
      EnableManifestOutput: true,
      ManifestOutputLocation: { Bucket: "arn:aws:s3:::target", ManifestPrefix: "kept/", ManifestFormat: "S3InventoryReport_CSV_20211130" },
    }),
  );
  await engine.prepareNext();
  const { generatedManifest } = await engine.db.job.findUniqueOrThrow({ where: { id: jobId } });
  expect(generatedManifest).toEqual({
    Format: "S3InventoryReport_CSV_20211130",
    Location: { ObjectArn: `arn:aws:s3:::target/kept/job-${jobId}/manifest.json`, ETag: expect.stringMatching(/^[0-9a-f]{32}$/) },
  });
  const manifest = JSON.parse(await engine.text("target", `kept/job-${jobId}/manifest.json`));
  expect(manifest).toMatchObject({
    sourceBucket: "data",
    fileFormat: "CSV",
    fileSchema: "Bucket, Key",
    files: [{ key: `kept/job-${jobId}/data/000000.csv.gz` }],
  });
  const data = await engine.s3.send(new GetObjectCommand({ Bucket: "target", Key: manifest.files[0].key }));
  const text = gunzipSync((await data.Body?.transformToByteArray()) ?? Buffer.alloc(0)).toString();
  const expected = keys.map((key) => `"data","${encodeURIComponent(key).replaceAll("%2F", "/")}"`);
  expect(text.trim().split("\n").sort()).toEqual(expected.sort());
});

it("says why a list cannot be made, and leaves nothing in the work area", async () => {
  expect(await failureOf(generated({ SourceBucket: "arn:aws:s3:::nowhere" }))).toMatchObject({ status: "Failed", FailureCode: "BucketNotFound" });
  expect(await failureOf(generated({ SourceBucket: "arn:aws:s3:::forbidden" }))).toMatchObject({ FailureCode: "ListingForbidden" });
  const none = await failureOf(generated({ Filter: { KeyNameConstraint: { MatchAnyPrefix: ["none/"] } } }));
  expect(none).toMatchObject({ FailureCode: "EmptyManifest", FailureReason: expect.stringContaining("No object of the bucket data is selected") });
  const output = { Bucket: "arn:aws:s3:::read-only", ManifestFormat: "S3InventoryReport_CSV_20211130" } as const;
  const refused = await failureOf(generated({ EnableManifestOutput: true, ManifestOutputLocation: output }));
  expect(refused).toMatchObject({ FailureCode: "ManifestOutputForbidden" });
  expect(await engine.keys("work", `.longshore/jobs/${refused.jobId}/`)).toEqual([]);
});

it.each<[string, Partial<Generator>, RegExp]>([
  ["replication", { Filter: { EligibleForReplication: true } as never }, /cannot filter by EligibleForReplication/],
  ["encryption", { Filter: { MatchAnyObjectEncryption: [{ "SSE-S3": {} }] } as never }, /cannot filter by MatchAnyObjectEncryption/],
  ["an owner", { ExpectedBucketOwner: "123456789012" as never }, /cannot check who owns a bucket/],
  ["an output without a place", { EnableManifestOutput: true }, /where the generated manifest is to be kept/],
])("refuses %s by name", async (_name, more, words) => {
  await expect(engine.create([], generated(more))).rejects.toMatchObject({ code: "InvalidRequest", message: expect.stringMatching(words) });
});

it("wants a manifest or a way to make one, and not both", async () => {
  const { ManifestGenerator } = generated();
  await expect(engine.create([], { ManifestGenerator })).rejects.toMatchObject({ code: "InvalidRequest" });
  await expect(engine.create([], { Manifest: undefined })).rejects.toMatchObject({ code: "InvalidRequest" });
});

it("has many requests under way at once, where each takes its time", async () => {
  engine.sandbox.faults.add({ operation: "ListObjectsV2", delay: 20 });
  let [underWay, most] = [0, 0];
  const list: ReturnType<typeof listBucket> = async (query) => {
    underWay += 1;
    most = Math.max(most, underWay);
    try {
      return await listBucket(engine.s3, "data")(query);
    } finally {
      underWay -= 1;
    }
  };
  const seen: string[] = [];
  await listInParallel({ list, prefixes: [""], pageSize: 20, onPage: async (page) => void seen.push(...page.map((object) => object.key)) });
  expect(seen.sort()).toEqual([...keys].sort());
  expect(most).toBeGreaterThan(8);
});
