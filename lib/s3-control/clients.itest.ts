import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Prisma } from "../db/generated/client.ts";
import { type Client, clients, type OperationName } from "./testing/clients.ts";
import { type Api, accountId, roleArn, startApi, taggingJob } from "./testing/fixture.ts";

const AccountId = accountId;
let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

describe.each(clients)("$name", ({ name, missing, start }) => {
  if (missing) {
    test.skip(`is not installed: ${missing}`, () => undefined);
    return;
  }

  let reviewer: Client;
  let viewer: Client;
  beforeAll(() => {
    reviewer = start({ port: api.port, keys: api.keys.reviewer });
    viewer = start({ port: api.port, keys: api.keys.viewer });
  });
  afterAll(() => {
    reviewer.close();
    viewer.close();
  });

  const call = async (operation: OperationName, parameters: object) => {
    const { output, error } = await reviewer.call(operation, parameters);
    if (error) throw new Error(`${operation}: ${error.code}: ${error.message}`);
    return output;
  };
  const refusal = async (operation: OperationName, parameters: object, client = reviewer) => {
    const { error } = await client.call(operation, parameters);
    if (!error) throw new Error(`${operation} was not refused`);
    return error;
  };
  const create = async (more = {}): Promise<string> => (await call("CreateJob", taggingJob(more))).JobId;

  test("creates a job, once for a token, and describes it with all that was given", async () => {
    const job = taggingJob();
    const { JobId } = await call("CreateJob", job);
    expect(JobId).toMatch(/^[0-9a-f-]{36}$/);
    expect((await call("CreateJob", job)).JobId).toBe(JobId);
    expect(await refusal("CreateJob", { ...job, Priority: 1 })).toMatchObject({ code: "IdempotencyException", status: expect.toBeOneOf([409, null]) });

    const { Job } = await call("DescribeJob", { AccountId, JobId });
    expect(Job).toMatchObject({
      JobId,
      JobArn: `arn:aws:s3:eu-west-1:${accountId}:job/${JobId}`,
      Status: "New",
      ConfirmationRequired: true,
      Description: "photos <2026>",
      Priority: 42,
      RoleArn: roleArn,
      Operation: job.Operation,
      Manifest: { Spec: job.Manifest.Spec, Location: { ...job.Manifest.Location, ETag: "60e460c9d1046e73f7dde5043ac3ae85" } },
      Report: job.Report,
      ProgressSummary: { TotalNumberOfTasks: 0, NumberOfTasksSucceeded: 0, NumberOfTasksFailed: 0, Timers: { ElapsedTimeInActiveSeconds: 0 } },
      FailureReasons: [],
    });
    expect(Math.abs(Date.parse(Job.CreationTime) - Date.now())).toBeLessThan(600_000);
  });

  test("has a manifest generated, and is told where it was kept", async () => {
    const Filter = { CreatedAfter: "2026-01-01T00:00:00Z", CreatedBefore: "2027-01-01T00:00:00.500Z" };
    const ManifestGenerator = {
      S3JobManifestGenerator: {
        SourceBucket: "arn:aws:s3:::photos",
        EnableManifestOutput: true,
        ManifestOutputLocation: { Bucket: "arn:aws:s3:::reports", ManifestPrefix: "generated", ManifestFormat: "S3InventoryReport_CSV_20211130" },
        // The SDK takes dates; the others take text, and make dates of it.
        Filter: name.includes("JavaScript") ? { CreatedAfter: new Date(Filter.CreatedAfter), CreatedBefore: new Date(Filter.CreatedBefore) } : Filter,
      },
    };
    const JobId = await create({ Manifest: undefined, ManifestGenerator });
    const descriptor = { Format: "S3InventoryReport_CSV_20211130", Location: { ObjectArn: "arn:aws:s3:::reports/generated/manifest.json", ETag: "e" } };
    await api.db.job.update({ where: { id: JobId }, data: { generatedManifest: descriptor } });
    const { Job } = await call("DescribeJob", { AccountId, JobId });
    const { Filter: found, ...generator } = Job.ManifestGenerator.S3JobManifestGenerator;
    expect(generator).toEqual({ ...ManifestGenerator.S3JobManifestGenerator, Filter: undefined });
    for (const [edge, time] of Object.entries(Filter)) expect(Date.parse(found[edge])).toBe(Date.parse(time));
    expect(Job).toMatchObject({ GeneratedManifestDescriptor: descriptor });
    expect(Job).not.toHaveProperty("Manifest");
  });

  test("confirms, once, a job that waits for it", async () => {
    const JobId = await create();
    const ask = { AccountId, JobId, RequestedJobStatus: "Ready", StatusUpdateReason: "it's fine, go on + on" };
    expect(await refusal("UpdateJobStatus", ask)).toMatchObject({ code: "JobStatusException" });
    await api.suspend(JobId);
    expect((await call("DescribeJob", { AccountId, JobId })).Job).toMatchObject({
      Status: "Suspended",
      SuspendedCause: "Awaiting confirmation to run",
      SuspendedDate: expect.any(String),
      ProgressSummary: { TotalNumberOfTasks: 3 },
    });
    expect(await refusal("UpdateJobStatus", ask, viewer)).toMatchObject({ code: "AccessDenied", status: expect.toBeOneOf([403, null]) });
    expect(await call("UpdateJobStatus", ask)).toEqual({ JobId, Status: "Ready", StatusUpdateReason: ask.StatusUpdateReason });
    expect(await refusal("UpdateJobStatus", ask)).toMatchObject({ code: "JobStatusException", message: expect.stringContaining("confirmed") });
    const { Job } = await call("DescribeJob", { AccountId, JobId });
    expect(Job).toMatchObject({ Status: "Ready", StatusUpdateReason: ask.StatusUpdateReason });
    expect(Job).not.toHaveProperty("SuspendedCause");
  });

  test("may not confirm a job that a reviewer sent back, and is told by whom and why", async () => {
    const JobId = await create();
    await api.suspend(JobId);
    const sentBack = { sentBackAt: new Date(), sentBackBy: "rita@example.com", sentBackReason: "Not the archive <&>" };
    await api.db.job.update({ where: { id: JobId }, data: sentBack });
    const ask = { AccountId, JobId, RequestedJobStatus: "Ready" };
    expect(await refusal("UpdateJobStatus", ask)).toMatchObject({
      code: "JobStatusException",
      message: expect.stringContaining("rita@example.com has sent this job back: “Not the archive <&>”"),
    });
    expect((await call("DescribeJob", { AccountId, JobId })).Job).toMatchObject({ Status: "Suspended", SuspendedCause: "Awaiting confirmation to run" });
    await api.db.job.update({ where: { id: JobId }, data: { sentBackAt: null } });
    expect(await call("UpdateJobStatus", ask)).toMatchObject({ JobId, Status: "Ready" });
  });

  test("may not run what can never be undone without the console's review", async () => {
    const Until = "2040-01-01T00:00:00Z";
    const ObjectLockRetainUntilDate = name.includes("JavaScript") ? new Date(Until) : Until;
    const Operation = { S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target", ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate } };
    expect(await refusal("CreateJob", taggingJob({ Operation, ConfirmationRequired: false }))).toMatchObject({
      code: "BadRequestException",
      message: expect.stringContaining("ConfirmationRequired"),
    });
    const JobId = await create({ Operation });
    await api.suspend(JobId);
    expect(await refusal("UpdateJobStatus", { AccountId, JobId, RequestedJobStatus: "Ready" })).toMatchObject({
      code: "JobStatusException",
      message: expect.stringContaining("confirmed in the console"),
    });
    expect((await call("DescribeJob", { AccountId, JobId })).Job).toMatchObject({ Status: "Suspended" });
  });

  test("may not confirm a job whose checks have found errors, and is told them", async () => {
    const JobId = await create();
    await api.suspend(JobId, [{ check: "report", state: "error", message: "The execution role may not write the completion report." }]);
    expect(await refusal("UpdateJobStatus", { AccountId, JobId, RequestedJobStatus: "Ready" })).toMatchObject({
      code: "JobStatusException",
      message: expect.stringContaining("may not write the completion report"),
    });
    expect((await call("DescribeJob", { AccountId, JobId })).Job).toMatchObject({ Status: "Suspended" });
  });

  test("may confirm a job as soon as it is prepared: the answer waits for its checks", async () => {
    const JobId = await create();
    await api.suspend(JobId);
    await api.db.job.update({ where: { id: JobId }, data: { preflight: Prisma.DbNull } });
    const confirmation = call("UpdateJobStatus", { AccountId, JobId, RequestedJobStatus: "Ready" });
    const askedAt = async () => (await api.db.job.findUniqueOrThrow({ where: { id: JobId } })).preflightAskedAt;
    // Clients that are programs take a second to begin, or several on a busy machine.
    await expect.poll(askedAt).not.toBeNull();
    // The client itself makes one call after the other.
    expect((await api.db.job.findUniqueOrThrow({ where: { id: JobId } })).status).toBe("Suspended");
    await api.suspend(JobId);
    expect(await confirmation).toMatchObject({ JobId, Status: "Ready" });
  });

  test("cancels a job, and changes the priority of one that has not ended", async () => {
    const JobId = await create();
    expect(await call("UpdateJobPriority", { AccountId, JobId, Priority: 2147483647 })).toEqual({ JobId, Priority: 2147483647 });
    expect(await call("UpdateJobStatus", { AccountId, JobId, RequestedJobStatus: "Cancelled" })).toMatchObject({ JobId, Status: "Cancelling" });
    expect(await refusal("UpdateJobStatus", { AccountId, JobId, RequestedJobStatus: "Cancelled" })).toMatchObject({ code: "JobStatusException" });
    await api.db.job.update({
      where: { id: JobId },
      data: { status: "Failed", terminatedAt: new Date(), failureReasons: [{ FailureCode: "X", FailureReason: "y".repeat(300) }] },
    });
    expect(await refusal("UpdateJobPriority", { AccountId, JobId, Priority: 1 })).toMatchObject({ code: "BadRequestException" });
    const { Job } = await call("DescribeJob", { AccountId, JobId });
    expect(Job).toMatchObject({ Status: "Failed", Priority: 2147483647, TerminationDate: expect.any(String), FailureReasons: [{ FailureCode: "X" }] });
    expect(Job.FailureReasons[0].FailureReason).toHaveLength(256);
  });

  test("puts, gets and deletes a job's tags", async () => {
    const JobId = await create();
    const tags = async () => (await call("GetJobTagging", { AccountId, JobId })).Tags;
    expect(await tags()).toEqual([{ Key: "a", Value: "b" }]);
    const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `key ${index}`, Value: index === 0 ? "" : "ä+b" }));
    expect(await call("PutJobTagging", { AccountId, JobId, Tags })).toEqual({});
    expect(await tags()).toEqual(Tags);
    expect(await refusal("PutJobTagging", { AccountId, JobId, Tags: [...Tags, { Key: "one more", Value: "" }] })).toMatchObject({
      code: "TooManyTagsException",
    });
    expect(await refusal("PutJobTagging", { AccountId, JobId, Tags: [{ Key: "a<b", Value: "" }] })).toMatchObject({ code: "BadRequestException" });
    expect(await refusal("PutJobTagging", { AccountId, JobId, Tags: [] }, viewer)).toMatchObject({ code: "AccessDenied" });
    expect(await call("DeleteJobTagging", { AccountId, JobId })).toEqual({});
    expect(await tags()).toEqual([]);
  });

  test("lists jobs page by page, and jobs made meanwhile do not disturb it", async () => {
    // Statuses that no other test has, so that what other tests make is not among them.
    const made: string[] = [];
    for (const status of ["Pausing", "Paused", "Pausing"] as const) {
      const JobId = await create({ Description: `${name} ${randomUUID()}` });
      made.unshift(JobId);
      await api.db.job.update({ where: { id: JobId }, data: { status } });
    }
    const page = (more: object) => call("ListJobs", { AccountId, JobStatuses: ["Pausing", "Paused"], ...more });
    const first = await page({ MaxResults: 2 });
    expect(first.Jobs.map((job: { JobId: string }) => job.JobId)).toEqual(made.slice(0, 2));
    expect(first.Jobs[0]).toMatchObject({
      Operation: "S3PutObjectTagging",
      Priority: 42,
      Status: "Pausing",
      CreationTime: expect.any(String),
      ProgressSummary: { TotalNumberOfTasks: 0 },
    });
    const newer = await create();
    await api.db.job.update({ where: { id: newer }, data: { status: "Paused" } });
    const second = await page({ MaxResults: 2, NextToken: first.NextToken });
    expect(second.Jobs.map((job: { JobId: string }) => job.JobId)).toEqual(made.slice(2));
    expect(second.NextToken ?? null).toBeNull();
    await api.db.job.updateMany({ where: { id: { in: [newer, ...made] } }, data: { status: "New" } });

    expect(await refusal("ListJobs", { AccountId, MaxResults: 1_001 })).toMatchObject({ code: "InvalidRequestException" });
    expect(await refusal("ListJobs", { AccountId, NextToken: "bm90LW91cnM" })).toMatchObject({ code: "InvalidNextTokenException" });
  });

  test.each<[string, OperationName, object, string, number]>([
    ["an operation that has nowhere to run", "CreateJob", taggingJob({ Operation: { LambdaInvoke: { FunctionArn: "f" } } }), "BadRequestException", 400],
    ["a role that nobody has added", "CreateJob", taggingJob({ RoleArn: `arn:aws:iam::${accountId}:role/other` }), "BadRequestException", 400],
    ["a job that is not there", "DescribeJob", { AccountId, JobId: "00000000-0000-4000-8000-000000000000" }, "NotFoundException", 404],
    ["an id that is none", "GetJobTagging", { AccountId, JobId: "no_job" }, "NotFoundException", 404],
    ["another account", "ListJobs", { AccountId: "999999999999" }, "AccessDenied", 403],
  ])("is told what is wrong: %s", async (_case, operation, parameters, code, status) => {
    const error = await refusal(operation, parameters);
    expect(error).toMatchObject({ code, status: expect.toBeOneOf([status, null]), typed: expect.toBeOneOf([code.endsWith("Exception"), null]) });
  });

  test("is told by name which member is not served", async () => {
    const job = taggingJob();
    const refused = async (more: object) => (await refusal("CreateJob", { ...job, ...more })).message;
    expect(await refused({ Operation: { LambdaInvoke: { FunctionArn: "f" } } })).toContain("has no Lambda endpoint");
    const copy = { TargetResource: "arn:aws:s3:::target", NewObjectMetadata: { ContentMD5: "x" } };
    expect(await refused({ Operation: { S3PutObjectCopy: copy } })).toContain("NewObjectMetadata.ContentMD5: ContentMD5 means nothing for a copy");
  });

  test("hands over a Lambda function and its arguments, and gets them back", async () => {
    await api.db.connection.updateMany({ data: { lambdaEndpoint: "https://lambda.example.com" } });
    const LambdaInvoke = {
      FunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:resize",
      // Debian's clients are older than these two.
      ...(!name.includes("Debian") && { InvocationSchemaVersion: "2.0", UserArguments: { size: "small", "a b": "<&>" } }),
    };
    const JobId = await create({ Operation: { LambdaInvoke } });
    expect((await call("DescribeJob", { AccountId, JobId })).Job.Operation).toEqual({ LambdaInvoke });
    await api.db.connection.updateMany({ data: { lambdaEndpoint: null } });
  });

  test("may do what the key's owner may, and is stopped with a wrong secret", async () => {
    expect(await refusal("CreateJob", taggingJob(), viewer)).toMatchObject({ code: "AccessDenied" });
    const wrong = start({ port: api.port, keys: { ...api.keys.viewer, secretAccessKey: "wrong" } });
    expect(await refusal("ListJobs", { AccountId }, wrong)).toMatchObject({ code: "SignatureDoesNotMatch", status: expect.toBeOneOf([403, null]) });
    wrong.close();
    const unknown = start({ port: api.port, keys: { accessKeyId: "LSIAAAAAAAAAAAAAAAAA", secretAccessKey: "x" } });
    expect(await refusal("ListJobs", { AccountId }, unknown)).toMatchObject({ code: "InvalidAccessKeyId" });
    unknown.close();
    const id = api.keys.viewer.accessKeyId;
    await expect
      .poll(() => api.db.auditEntry.findFirst({ where: { action: "access-key.refused", targetId: id } }))
      .toMatchObject({
        actor: "Somebody",
        actorId: null,
        accessKeyId: null,
        detail: expect.stringContaining("viewer@example.com"),
        requestId: expect.any(String),
      });
  });

  test("works with the region snow, with whatever host it then asks for", async () => {
    const snow = start({ port: api.port, keys: api.keys.viewer, region: "snow" });
    expect((await snow.call("ListJobs", { AccountId, MaxResults: 1 })).output.Jobs).toHaveLength(1);
    snow.close();
  });

  test("is slowed down when it sends too much", async () => {
    while (api.budget.take(api.keys.operator.accessKeyId, Date.now() + 3_600_000) === 0);
    const hasty = start({ port: api.port, keys: api.keys.operator });
    expect(await refusal("ListJobs", { AccountId }, hasty)).toMatchObject({ code: "TooManyRequestsException", status: expect.toBeOneOf([429, null]) });
    hasty.close();
  });
});
