import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, clients, type OperationName } from "./testing/clients.ts";
import { type Api, accountId, startApi, taggingJob } from "./testing/fixture.ts";

const AccountId = accountId;
let api: Api;
let as: Record<"viewer" | "admin", Client>;

beforeAll(async () => {
  api = await startApi();
  const start = (role: "viewer" | "admin") => clients[0]?.start({ port: api.port, keys: api.keys[role] }) as Client;
  as = { viewer: start("viewer"), admin: start("admin") };
});
afterAll(async () => {
  as.viewer.close();
  as.admin.close();
  await api.stop();
});

test("every operation that changes a job is in the audit trail, with the access key that signed it", async () => {
  const { output } = await as.admin.call("CreateJob", taggingJob());
  const JobId: string = output.JobId;
  const entries = async () => api.db.auditEntry.findMany({ where: { targetId: JobId }, orderBy: { id: "asc" } });
  expect(await entries()).toMatchObject([{ action: "job.create", targetName: "photos <2026>", after: { Priority: 42, RoleArn: expect.any(String) } }]);

  const change = async (operation: OperationName, parameters: object) => {
    const before = (await entries()).length;
    expect((await as.viewer.call(operation, { AccountId, JobId, ...parameters })).error).toBeDefined();
    expect(await entries()).toHaveLength(before);
    expect((await as.admin.call(operation, { AccountId, JobId, ...parameters })).error).toBeUndefined();
    return (await entries()).slice(before);
  };
  expect(await change("UpdateJobPriority", { Priority: 7 })).toMatchObject([{ action: "job.priority", before: { priority: 42 }, after: { priority: 7 } }]);
  expect(await change("PutJobTagging", { Tags: [{ Key: "c", Value: "d" }] })).toMatchObject([
    { action: "job.tags", before: { tags: [{ Key: "a", Value: "b" }] }, after: { tags: [{ Key: "c", Value: "d" }] } },
  ]);
  expect(await change("DeleteJobTagging", {})).toMatchObject([{ action: "job.tags", after: { tags: [] } }]);
  await api.suspend(JobId);
  expect(await change("UpdateJobStatus", { RequestedJobStatus: "Ready" })).toMatchObject([
    { action: "job.confirm", before: { status: "Suspended" }, after: { status: "Ready", definitionDigest: expect.any(String) } },
  ]);
  expect(await change("UpdateJobStatus", { RequestedJobStatus: "Cancelled", StatusUpdateReason: "Not now" })).toMatchObject([
    { action: "job.cancel", before: { status: "Ready" }, after: { status: "Cancelling" }, detail: "Not now" },
  ]);
  for (const entry of await entries()) {
    expect(entry).toMatchObject({ actor: "admin@example.com", actorId: "admin", via: "S3 Control", accessKeyId: api.keys.admin.accessKeyId });
    expect(entry).toMatchObject({ ip: expect.stringMatching(/^(127\.0\.0\.1|::1)$/), requestId: expect.stringMatching(/^[0-9A-F]{16}$/) });
  }
});

test("the same request again makes no second job, and no second entry", async () => {
  const request = taggingJob();
  const { output } = await as.admin.call("CreateJob", request);
  expect((await as.admin.call("CreateJob", request)).output.JobId).toBe(output.JobId);
  expect(await api.db.auditEntry.count({ where: { targetId: output.JobId } })).toBe(1);
});
