import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectTaggingCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { confirmJob } from "#lib/jobs/confirm-job.ts";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { preflightQueue } from "#lib/jobs/queues.ts";
import { repeatJob } from "#lib/jobs/repeat-job.ts";
import { askPreflight } from "#lib/preflight/ask-preflight.ts";
import type { PreflightCheck, PreflightFinding } from "#lib/preflight/preflight.ts";
import { type ContractServer, startContractRgw, whyNoRgw } from "../sandbox/contract/servers.ts";
import { preflight } from "./preflighter.ts";
import { runNextStep } from "./step-loop.ts";
import { crashAt } from "./testing/crash.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";
import { type Everything, everythingIn } from "./testing/everything-in.ts";

const copy: CreateJobInput["Operation"] = { S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target", TargetKeyPrefix: "copies/" } };
const noRgw = whyNoRgw();
const servers: [string, (() => Promise<ContractServer>) | null, boolean][] = [
  ["the sandbox", null, true],
  ["Ceph RGW", startContractRgw, noRgw === undefined],
];
const buckets = ["data", "target", "manifests", "reports", "work", "locked"];

let engine: Engine;
const prepared = async (rows: string[] | string, more: Partial<CreateJobInput> = {}, fields?: ("Bucket" | "Key" | "VersionId")[]): Promise<string> => {
  const jobId = await engine.create(rows, more, fields);
  await engine.prepareNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", preflight: null, preflightRunning: true });
  return jobId;
};
const checked = async (jobId: string) => {
  await engine.preflightNext();
  const { preflight: found, preflightRunning } = await engine.details(jobId);
  if (!found || preflightRunning) throw new Error("was not checked");
  return found;
};
const about = (findings: readonly PreflightFinding[], check: PreflightCheck) => findings.filter((finding) => finding.check === check);

describe.each(servers)("on %s", (name, start, present) => {
  describe.runIf(present)("the checks of a job", () => {
    let server: ContractServer | undefined;
    let keys: string[];
    beforeAll(async () => {
      server = await start?.();
      engine = await startEngine(server);
      keys = [...(await engine.objects(30)), "odd/ключ + 100%/../x"];
      await engine.put("data", keys[30] as string, "odd");
      await engine.s3.send(new CreateBucketCommand({ Bucket: "locked", ObjectLockEnabledForBucket: true }));
      await engine.put("locked", "kept", "as it is");
      await engine.s3.send(new PutObjectTaggingCommand({ Bucket: "data", Key: keys[0], Tagging: { TagSet: [{ Key: "team", Value: "before" }] } }));
    });
    afterAll(async () => {
      await engine?.stop();
      await server?.stop();
    });

    it.each<[string, CreateJobInput["Operation"] | undefined, boolean]>([
      ["a tagging job", undefined, false],
      ["a copy", copy, false],
      ["a dry run", copy, true],
    ])("of %s change nothing at all", async (_name, Operation, DryRun) => {
      const jobId = await prepared(rowsOf(keys), { ...(Operation && { Operation }), DryRun });
      const before = await everything();
      const { findings } = await checked(jobId);
      expect(await everything()).toEqual(before);
      expect(findings.filter(({ state }) => state === "error")).toEqual([]);
      expect(about(findings, "manifest")).toMatchObject([{ state: "ok" }]);
      expect(about(findings, "objects")).toMatchObject([{ state: "ok", message: expect.stringContaining("12 objects") }]);
      expect(about(findings, "report")).toMatchObject([{ state: "ok" }]);
      await cancelJob(engine.as("operator"), { jobId });
      await engine.reportNext();
    });

    it.each<[string, CreateJobInput["Operation"]]>([
      ["ACLs", { S3PutObjectAcl: { AccessControlPolicy: { CannedAccessControlList: "public-read" } } }],
      ["fewer tags", { S3DeleteObjectTagging: {} }],
      ["more tags", { MergeObjectTagging: { TagSet: [{ Key: "a", Value: "b" }] } }],
      ["retention", { S3PutObjectRetention: { Retention: { Mode: "GOVERNANCE", RetainUntilDate: "2040-01-01T00:00:00Z" } } }],
      ["a legal hold", { S3PutObjectLegalHold: { LegalHold: { Status: "ON" } } }],
      ["a restore", { S3InitiateRestoreObject: { ExpirationInDays: 1, GlacierJobTier: "BULK" } }],
      ["a deletion", { DeleteObject: {} }],
      ["another encryption", { S3UpdateObjectEncryption: { ObjectEncryption: { SSEKMS: { KMSKeyArn: "arn:aws:kms:us-east-1:123456789012:key/k" } } } }],
      ["replicas", { S3ReplicateObject: {} }],
      ["checksums", { S3ComputeObjectChecksum: { ChecksumAlgorithm: "CRC32" } }],
    ])("of %s change nothing either, in a bucket with versions and in one without", async (_name, Operation) => {
      // A job that locks does not get past its preparation in a bucket without Object Lock.
      const locks = "S3PutObjectRetention" in Operation || "S3PutObjectLegalHold" in Operation;
      const rows = [...(locks ? [] : rowsOf(keys.slice(0, 2))), ...rowsOf(["kept"], "locked")];
      const jobId = await prepared(rows, { Operation });
      const before = await everything();
      const { findings } = await checked(jobId);
      expect(await everything()).toEqual(before);
      // That nobody has probed the connection is said as well.
      expect(about(findings, "checks").filter(({ state }) => state === "error")).toEqual([]);
      expect(about(findings, "manifest")).toMatchObject([{ state: "ok" }]);
      await cancelJob(engine.as("operator"), { jobId });
      await engine.reportNext();
    });

    it("show objects from all over the manifest before and after, and about how many bytes there are", async () => {
      const jobId = await prepared(rowsOf(keys));
      const { samples, bytes } = await checked(jobId);
      expect(samples).toHaveLength(12);
      expect(new Set(samples.map(({ task }) => task.key)).size).toBe(12);
      expect(samples[0]).toMatchObject({
        task: { bucket: "data", key: keys[0] },
        bytes: Buffer.byteLength(keys[0] as string),
        change: { before: [{ name: "Tags", value: "team = before" }], after: [{ name: "Tags", value: "team = data" }] },
        failure: null,
      });
      expect(bytes).toMatchObject({ about: true, total: expect.any(Number) });
      await cancelJob(engine.as("operator"), { jobId });
      await engine.reportNext();
    });

    it("know whether the role may write where copies go, and what the store keeps of what they overwrite", async () => {
      const jobId = await prepared(rowsOf(keys.slice(0, 3)), { Operation: copy });
      const { findings } = await checked(jobId);
      expect(about(findings, "rights")).toMatchObject([{ state: "ok", message: expect.stringContaining("Write to target") }]);
      expect(about(findings, "destination")).toMatchObject([{ state: "ok" }]);
      expect(about(findings, "settings")).toMatchObject([{ state: "warning", message: expect.stringContaining("target keeps no versions") }]);
      await engine.s3.send(new PutBucketVersioningCommand({ Bucket: "target", VersioningConfiguration: { Status: "Enabled" } }));
      await askPreflight(engine.as("operator"), { jobId });
      expect(about((await checked(jobId)).findings, "settings")).toMatchObject([{ state: "ok", message: expect.stringContaining("target keeps versions") }]);
      await cancelJob(engine.as("operator"), { jobId });
      await engine.reportNext();
    });

    it("do not claim to know a right that the store does not tell", async () => {
      const jobId = await prepared(rowsOf(keys.slice(0, 3)));
      const [finding] = about((await checked(jobId)).findings, "rights");
      expect(finding).toMatchObject({ state: name === "Ceph RGW" ? "unknown" : "ok", message: expect.stringContaining("Change tags in data") });
      await cancelJob(engine.as("operator"), { jobId });
      await engine.reportNext();
    });

    const everything = (): Promise<Everything[]> => Promise.all(buckets.map((bucket) => everythingIn(engine.s3, bucket)));
  });

  if (present) return;
  it.skipIf(process.env.LONGSHORE_REQUIRE_RGW !== "1")(`is there (${noRgw})`, () => {
    throw new Error(noRgw);
  });
});

describe("what is found wrong", () => {
  let keys: string[];
  beforeAll(async () => {
    engine = await startEngine();
    keys = await engine.objects(3);
  });
  afterAll(() => engine.stop());
  beforeEach(() => {
    for (const bucket of buckets) engine.deny(bucket);
  });

  interface Wrong {
    Operation?: CreateJobInput["Operation"];
    rows?: () => string[];
    /** What happens between the preparation and the checks. */
    meanwhile?: () => void;
    check: PreflightCheck;
    state?: PreflightFinding["state"];
    words: string;
  }
  it.each<[string, Wrong]>([
    ["a manifest that may not be read", { meanwhile: () => engine.deny("manifests", "s3:GetObject"), check: "manifest", words: "may not read the manifest" }],
    [
      "tags that may not be changed",
      { meanwhile: () => engine.deny("data", "s3:PutObjectTagging"), check: "rights", words: "s3:PutObjectTagging on arn:aws:s3:::data/*" },
    ],
    [
      "a destination that may not be written",
      { Operation: copy, meanwhile: () => engine.deny("target", "s3:PutObject"), check: "rights", words: "Write to target" },
    ],
    [
      "sources that may not be read",
      { Operation: copy, meanwhile: () => engine.deny("data", "s3:GetObject"), check: "objects", words: "may not be read by the role" },
    ],
    [
      "a report that may not be written",
      { meanwhile: () => engine.deny("reports", "s3:PutObject"), check: "report", words: "may not write the completion report" },
    ],
    ["objects that are not there", { rows: () => rowsOf(["gone 1", "gone 2"]), check: "objects", words: "All 2 objects that were looked at cannot be found" }],
    [
      "one that is not there",
      { rows: () => rowsOf([...keys, "gone"]), check: "objects", state: "warning", words: "1 of 4 objects that were looked at cannot be found" },
    ],
    [
      "a copy into Object Lock where there is none",
      {
        Operation: { S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target", ObjectLockLegalHoldStatus: "ON" } },
        check: "settings",
        words: "target has no Object Lock",
      },
    ],
  ])("%s", async (_name, { Operation, rows, meanwhile, check, state = "error", words }) => {
    const jobId = await prepared(rows?.() ?? rowsOf(keys), { ...(Operation && { Operation }) });
    meanwhile?.();
    const { findings, checkedAt } = await checked(jobId);
    expect(about(findings, check)).toContainEqual({ check, state, message: expect.stringContaining(words) });
    expect(JSON.stringify(findings)).not.toMatch(/role-secret|connection-secret|ROLEKEY/);
    const { definitionDigest } = await engine.details(jobId);
    const confirm = (acknowledgedPreflight?: string) => confirmJob(engine.as("reviewer"), { jobId, definitionDigest, acknowledgedPreflight });
    if (state === "error") {
      await expect(confirm()).rejects.toMatchObject({ code: "Conflict", message: expect.stringContaining(words) });
      await expect(confirm("2020-01-01T00:00:00.000Z")).rejects.toMatchObject({ code: "Conflict" });
    }
    await confirm(checkedAt);
    const confirmed = (await engine.details(jobId)).events.find((event) => event.type === "confirm");
    if (state === "error") expect(confirmed?.detail).toContain("in spite of");
    else expect(confirmed?.detail).toBeNull();
    await cancelJob(engine.as("operator"), { jobId });
    await engine.reportNext();
  });

  it("is well again once it was mended and checked anew, by whoever may create jobs", async () => {
    engine.deny("data", "s3:PutObjectTagging");
    const jobId = await prepared(rowsOf(keys));
    const first = await checked(jobId);
    expect(first.findings.some(({ state }) => state === "error")).toBe(true);
    engine.deny("data");
    await expect(askPreflight(engine.as("viewer"), { jobId })).rejects.toMatchObject({ code: "Forbidden" });
    await askPreflight(engine.as("operator"), { jobId });
    await askPreflight(engine.as("operator"), { jobId });
    expect((await engine.details(jobId)).preflight).toEqual(first);
    const second = await checked(jobId);
    expect(second.findings.some(({ state }) => state === "error")).toBe(false);
    expect(await engine.preflightNext(), "a second wish while one is waited for").toBe(false);
    await engine.confirm(jobId);
    await expect(askPreflight(engine.as("operator"), { jobId })).rejects.toMatchObject({ code: "JobStatus" });
    await cancelJob(engine.as("operator"), { jobId });
    await engine.reportNext();
  });
});

describe("a worker that dies of the checks", () => {
  beforeAll(async () => {
    engine = await startEngine();
    await engine.objects(2);
  });
  afterAll(() => {
    // The dead still wait for answers.
    engine.sandbox.close = async () => undefined;
    return engine.stop();
  });
  const retries = (jobId: string, retryCount: number) =>
    engine.db
      .$executeRaw`UPDATE pgboss.job SET state = 'retry', retry_count = ${retryCount}, start_after = now() - interval '1 second' WHERE name = ${preflightQueue} AND data->>'jobId' = ${jobId}`;

  it("leaves them to the next one, and what it comes back with is not taken", async () => {
    const jobId = await prepared(rowsOf(["object 0"]));
    const crash = crashAt(engine.ctx, 2, "before");
    void runNextStep(crash.ctx, preflightQueue, preflight);
    await crash.happened;
    expect((await engine.details(jobId)).preflight).toBeNull();
    await retries(jobId, 1);
    const { checkedAt } = await checked(jobId);
    // The lease of the dead: it was the first.
    const [item] = await engine.db.$queryRaw<{ id: string }[]>`SELECT id FROM pgboss.job WHERE name = ${preflightQueue} AND data->>'jobId' = ${jobId}`;
    expect(await preflight(engine.ctx, { id: item?.id ?? "", retryCount: 0, jobId })).toBe("obsolete");
    expect((await engine.details(jobId)).preflight?.checkedAt).toBe(checkedAt);
  });

  it("again and again is told to the reviewer in the end", async () => {
    const jobId = await prepared(rowsOf(["object 1"]));
    await retries(jobId, 3);
    expect((await checked(jobId)).findings).toMatchObject([{ check: "checks", state: "error", message: expect.stringContaining("Check again") }]);
  });
});

describe("a dry run", () => {
  beforeAll(async () => {
    engine = await startEngine();
    await engine.objects(2);
  });
  afterAll(() => engine.stop());

  it("of a job, and the job of a dry run, are jobs of their own with the same definition", async () => {
    const jobId = await prepared(rowsOf(["object 0", "object 1"]), { Description: "Give them a team", Priority: 7, Tags: [{ Key: "a", Value: "b" }] });
    const wish = { dryRun: true, ClientRequestToken: "wish" };
    await expect(repeatJob(engine.as("viewer"), { jobId, ...wish })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(repeatJob(engine.as("operator"), { jobId: "00000000-0000-4000-8000-000000000000", ...wish })).rejects.toMatchObject({ code: "NotFound" });
    const { jobId: dryId } = await repeatJob(engine.as("operator"), { jobId, ...wish });
    expect(await repeatJob(engine.as("operator"), { jobId, ...wish })).toEqual({ jobId: dryId });
    const dry = await engine.run(dryId);
    expect(dry).toMatchObject({
      status: "Complete",
      dryRun: true,
      priority: 7,
      description: "Give them a team",
      tags: [{ Key: "a", Value: "b" }],
      warning: null,
    });
    expect((await engine.rows(dryId)).map((row) => row.message)).toEqual(Array(2).fill("Would change Tags: none → team = data"));
    const { jobId: realId } = await repeatJob(engine.as("operator"), { jobId: dryId, dryRun: false, ClientRequestToken: "real" });
    const [original, real] = [await engine.details(jobId), await engine.details(realId)];
    expect(real).toMatchObject({ dryRun: false, confirmationRequired: true, definitionDigest: original.definitionDigest });
    expect(dry.definitionDigest).not.toBe(original.definitionDigest);
  });
});
