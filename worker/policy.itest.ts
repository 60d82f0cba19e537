import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

let engine: Engine;
let keys: string[];
beforeAll(async () => {
  engine = await startEngine();
  keys = await engine.objects(4);
});
afterAll(() => engine.stop());
afterEach(() => engine.allowOnly(null));

const copy = { TargetResource: "arn:aws:s3:::target", TargetKeyPrefix: "copies/" };
const operations: [string, CreateJobInput["Operation"]][] = [
  ["replaces tags", { S3PutObjectTagging: { TagSet: [{ Key: "a", Value: "b" }] } }],
  ["copies", { S3PutObjectCopy: copy }],
  ["copies with other tags", { S3PutObjectCopy: { ...copy, NewObjectTagging: [{ Key: "a", Value: "b" }], CannedAccessControlList: "private" } }],
  ["deletes tags", { S3DeleteObjectTagging: {} }],
  ["merges tags", { MergeObjectTagging: { TagSet: [{ Key: "c", Value: "d" }] } }],
  ["replaces ACLs", { S3PutObjectAcl: { AccessControlPolicy: { CannedAccessControlList: "private" } } }],
  ["computes checksums", { S3ComputeObjectChecksum: { ChecksumAlgorithm: "CRC32" } }],
  // Last, since it takes the objects.
  ["deletes", { DeleteObject: {} }],
];

/** The policy that the review of such a job offers; the job is given up. */
async function offered(more: Partial<CreateJobInput>): Promise<string> {
  const jobId = await engine.create(rowsOf(keys), more);
  await engine.prepareNext();
  const { policy } = await engine.details(jobId);
  await engine.checkFirst(jobId);
  await cancelJob(engine.as("operator"), { jobId });
  await engine.reportNext();
  // The manifest of each job is another object.
  return policy.replace(/manifests\/[0-9a-f-]+\.csv/, "manifests/*");
}

describe("a role that may do what the review lists, and nothing else", () => {
  it.each(operations.flatMap(([name, Operation]) => [[`${name}, dry`, Operation, true] as const, [name, Operation, false] as const]))(
    "%s",
    async (_name, Operation, DryRun) => {
      engine.allowOnly(await offered({ Operation, DryRun }));
      const jobId = await engine.create(rowsOf(keys), { Operation, DryRun });
      await engine.prepareNext();
      await engine.checkFirst(jobId);
      const { status, preflight } = await engine.details(jobId);
      expect(status).toBe("Suspended");
      expect(preflight?.findings.filter(({ state }) => state === "error")).toEqual([]);
      await engine.confirm(jobId);
      while (await engine.executeNext());
      await engine.reportNext();
      expect(await engine.details(jobId)).toMatchObject({ status: "Complete", succeededTasks: keys.length, failedTasks: 0, errors: [] });
      expect(await engine.rows(jobId)).toHaveLength(keys.length);
    },
  );
});

it("that lacks what the operation does is told so before anybody confirms", async () => {
  const Operation = { S3PutObjectCopy: copy };
  const policy = JSON.parse(await offered({ Operation })) as { Statement: { Resource: string }[] };
  engine.allowOnly(JSON.stringify({ ...policy, Statement: policy.Statement.filter(({ Resource }) => Resource !== "arn:aws:s3:::target/*") }));
  const jobId = await engine.create(rowsOf(keys), { Operation });
  await engine.prepareNext();
  await engine.checkFirst(jobId);
  const { preflight } = await engine.details(jobId);
  expect(preflight?.findings).toContainEqual({ check: "rights", state: "error", message: expect.stringContaining("Write to target") });
});
