import { gunzipSync } from "node:zlib";
import { GetObjectCommand, PutBucketReplicationCommand, PutBucketVersioningCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
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
  ["an encryption that is two", { Filter: { MatchAnyObjectEncryption: [{ SSES3: {}, NOTSSE: {} }] } }, /exactly one of SSES3/],
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

describe("what a list does not tell is asked of each object", () => {
  const put = (Key: string, more: object = {}) => engine.s3.send(new PutObjectCommand({ Bucket: "target", Key, Body: "x", ...more }));
  const selected = async (Filter: Generator["Filter"]) => {
    const jobId = await engine.create([], generated({ SourceBucket: "arn:aws:s3:::target", Filter }));
    await engine.prepareNext();
    const { status, manifestSample, failureReasons } = await engine.details(jobId);
    return status === "Failed" ? failureReasons[0]?.FailureCode : manifestSample.map(({ key }) => key).sort();
  };
  const under = { KeyNameConstraint: { MatchAnyPrefix: ["asked/"] } };
  beforeAll(async () => {
    await put("asked/plain");
    await put("asked/tagged", { Tagging: "team=data&x=1" });
    await put("asked/other", { Tagging: "team=ops" });
    await put("asked/sealed", { ServerSideEncryption: "aws:kms" });
    await put("elsewhere/tagged", { Tagging: "team=data" });
  });

  it("tags", async () => {
    expect(await selected({ ...under, MatchAnyTag: [{ Key: "team", Value: "data" }] })).toEqual(["asked/tagged"]);
    expect(await selected({ ...under, MatchAnyTag: [{ Key: "team" }] })).toEqual(["asked/other", "asked/tagged"]);
    expect(await selected({ ...under, MatchAnyTag: [{ Key: "none" }] })).toBe("EmptyManifest");
  });

  it("encryption", async () => {
    expect(await selected({ ...under, MatchAnyObjectEncryption: [{ SSEKMS: {} }] })).toEqual(["asked/sealed"]);
    expect(await selected({ ...under, MatchAnyObjectEncryption: [{ SSES3: {} }] })).toEqual(["asked/other", "asked/plain", "asked/tagged"]);
  });

  it("replication", async () => {
    expect(await selected({ ...under, ObjectReplicationStatuses: ["NONE"] })).toHaveLength(4);
    expect(await selected({ ...under, ObjectReplicationStatuses: ["FAILED"] })).toBe("EmptyManifest");
    expect(await selected({ ...under, EligibleForReplication: true })).toBe("EmptyManifest");
    for (const Bucket of ["target", "reports"]) {
      await engine.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    }
    const Rules = [
      {
        ID: "r",
        Status: "Enabled" as const,
        Priority: 1,
        Filter: { And: { Prefix: "asked/", Tags: [{ Key: "team", Value: "data" }] } },
        DeleteMarkerReplication: { Status: "Disabled" as const },
        Destination: { Bucket: "arn:aws:s3:::reports" },
      },
    ];
    await engine.s3.send(new PutBucketReplicationCommand({ Bucket: "target", ReplicationConfiguration: { Role: "arn:aws:iam::123456789012:role/r", Rules } }));
    expect(await selected({ EligibleForReplication: true })).toEqual(["asked/tagged"]);
  });
});
