import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { revokeAccessKey } from "../auth/access-keys/revoke-access-key.ts";
import type { PersonRole } from "../auth/permissions.ts";
import { updateConfirmationPolicy } from "../confirmation/confirmation-policy.ts";
import { noRules } from "../confirmation/rules.ts";
import { createJob } from "../jobs/create-job.ts";
import type { CreateJobInput } from "../jobs/job-schema.ts";
import { type Answer, type Client, clients, type OperationName } from "./testing/clients.ts";
import { type Api, accountId, type Keys, roleArn, startApi, taggingJob } from "./testing/fixture.ts";

/** Every operation with every role, on one's own job and on another's, as an unchanged client of AWS's asks. */
const AccountId = accountId;
const roles: readonly PersonRole[] = ["viewer", "operator", "reviewer", "admin"];
let api: Api;
const open: Client[] = [];
const sdk = clients[0] as (typeof clients)[number];
const clientOf = (keys: Keys): Client => {
  const client = sdk.start({ port: api.port, keys });
  open.push(client);
  return client;
};
const byRole = new Map<PersonRole, Client>();
beforeAll(async () => {
  api = await startApi();
  for (const role of roles) byRole.set(role, clientOf(api.keys[role]));
});
afterAll(async () => {
  for (const client of open) client.close();
  await api.stop();
});

type Least = PersonRole | { own: PersonRole; any: PersonRole };
/** Who may, and what the request is on a job. Of a verb that changes a job, operators may with their own. */
const operations: [OperationName, string, Least, (JobId: string) => object][] = [
  ["CreateJob", "", "operator", () => taggingJob()],
  ["ListJobs", "", "viewer", () => ({ AccountId })],
  ["DescribeJob", "", "viewer", (JobId) => ({ AccountId, JobId })],
  ["UpdateJobPriority", "", { own: "operator", any: "reviewer" }, (JobId) => ({ AccountId, JobId, Priority: 3 })],
  ["UpdateJobStatus", "Ready", "reviewer", (JobId) => ({ AccountId, JobId, RequestedJobStatus: "Ready" })],
  ["UpdateJobStatus", "Cancelled", { own: "operator", any: "reviewer" }, (JobId) => ({ AccountId, JobId, RequestedJobStatus: "Cancelled" })],
  ["GetJobTagging", "", "viewer", (JobId) => ({ AccountId, JobId })],
  ["PutJobTagging", "", { own: "operator", any: "reviewer" }, (JobId) => ({ AccountId, JobId, Tags: [{ Key: "c", Value: "d" }] })],
  ["DeleteJobTagging", "", { own: "operator", any: "reviewer" }, (JobId) => ({ AccountId, JobId })],
];

/** A job of that person's that awaits its confirmation. */
async function jobOf(creator: PersonRole): Promise<string> {
  const { AccountId: _account, ...job } = taggingJob();
  const { jobId } = await createJob(api.contextOf(creator), job as unknown as CreateJobInput);
  await api.suspend(jobId);
  return jobId;
}
const call = (client: Client | undefined, [operation, , , parameters]: (typeof operations)[number], jobId: string): Promise<Answer> =>
  (client as Client).call(operation, parameters(jobId));
const refused = (code: string, message: string | RegExp = "") => ({ error: { code, status: 403, message: expect.stringMatching(message) } });

it("has a row for every operation that is served", async () => {
  const served = ["CreateJob", "ListJobs", "DescribeJob", "UpdateJobPriority", "UpdateJobStatus", "GetJobTagging", "PutJobTagging", "DeleteJobTagging"];
  expect([...new Set(operations.map(([name]) => name))].sort()).toEqual(served.sort());
});

describe.each(operations)("%s %s", (...operation) => {
  const [, , least] = operation;
  const [own, any] = typeof least === "string" ? [least, least] : [least.own, least.any];
  const may = (role: PersonRole, needed: PersonRole) => roles.indexOf(role) >= roles.indexOf(needed);

  it.each(roles)("%s, on a job of their own", async (role) => {
    // A viewer has none.
    const answer = await call(byRole.get(role), operation, await jobOf(role === "viewer" ? "operator" : role));
    if (may(role, own)) expect(answer.error).toBeUndefined();
    else expect(answer).toMatchObject(refused("AccessDenied", /^Your role \(\w+\) may not/));
  });

  it.each(roles)("%s, on another's", async (role) => {
    const answer = await call(byRole.get(role), operation, await jobOf(role === "admin" ? "reviewer" : "admin"));
    if (may(role, any)) expect(answer.error).toBeUndefined();
    else if (may(role, own)) expect(answer).toMatchObject(refused("AccessDenied", /^admin \(admin@example\.com\) created this job\..*ask admin/));
    else expect(answer).toMatchObject(refused("AccessDenied", /^Your role/));
  });

  it("nobody, without a signature", async () => {
    const answer = await fetch(`http://127.0.0.1:${api.port}/v20180820/jobs`, { method: "POST", headers: { "x-amz-account-id": AccountId }, body: "<a/>" });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("<Code>AccessDenied</Code>");
  });

  it("nobody, with a wrong secret, an unknown key, or a revoked one", async () => {
    const jobId = await jobOf("admin");
    const { accessKeyId, secretAccessKey } = api.keys.admin;
    const wrong = { accessKeyId, secretAccessKey: `${secretAccessKey.slice(1)}x` };
    expect(await call(clientOf(wrong), operation, jobId)).toMatchObject(refused("SignatureDoesNotMatch"));
    const unknown = { accessKeyId: `LSIA${"A".repeat(16)}`, secretAccessKey };
    expect(await call(clientOf(unknown), operation, jobId)).toMatchObject(refused("InvalidAccessKeyId"));
    const revoked = await api.newKeys("admin");
    await revokeAccessKey(api.contextOf("admin"), revoked.accessKeyId);
    expect(await call(clientOf(revoked), operation, jobId)).toMatchObject(refused("InvalidAccessKeyId"));
    expect(await api.db.job.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({ status: "Suspended", priority: 42 });
  });
});

describe("the confirmation policy", () => {
  const update = (role: PersonRole, JobId: string) => (byRole.get(role) as Client).call("UpdateJobStatus", { AccountId, JobId, RequestedJobStatus: "Ready" });
  const demand = (rules: Partial<typeof noRules>) => updateConfirmationPolicy(api.contextOf("admin"), { ...noRules, ...rules });

  it("keeps a creator from confirming, and from asking for no confirmation", async () => {
    await demand({ notByCreator: true });
    const jobId = await jobOf("reviewer");
    expect(await update("reviewer", jobId)).toMatchObject(refused("AccessDenied", /^You created this job.*admin can confirm it/));
    expect((await update("admin", jobId)).output).toMatchObject({ Status: "Ready" });
    const { error } = await (byRole.get("operator") as Client).call("CreateJob", taggingJob({ ConfirmationRequired: false }));
    expect(error).toMatchObject({
      code: "BadRequestException",
      message: expect.stringContaining("ConfirmationRequired: must be true: the confirmation policy"),
    });
    await demand(noRules);
  });

  it("has a job of many objects wait for a second person, and says so by its status", async () => {
    await demand({ twoForObjectsOver: 2 });
    const jobId = await jobOf("operator");
    expect((await update("reviewer", jobId)).output).toMatchObject({ Status: "Suspended" });
    expect((await update("reviewer", jobId)).error).toMatchObject({
      code: "JobStatusException",
      message: expect.stringContaining("You have confirmed this job already"),
    });
    expect((await update("admin", jobId)).output).toMatchObject({ Status: "Ready" });
    await demand(noRules);
  });
});

it("keeps an execution role to those who may pass it, as iam:PassRole does", async () => {
  await api.db.executionRole.update({ where: { arn: roleArn }, data: { passRestricted: true } });
  const create = (role: PersonRole) => (byRole.get(role) as Client).call("CreateJob", taggingJob());
  expect(await create("operator")).toMatchObject(refused("AccessDenied", /operator@example\.com is not authorized to perform iam:PassRole on arn:aws:iam::/));
  expect(await create("reviewer")).toMatchObject(refused("AccessDenied", /iam:PassRole/));
  expect((await create("admin")).output).toBeDefined();
  await api.db.executionRole.update({ where: { arn: roleArn }, data: { passers: { create: { userId: "operator" } } } });
  expect((await create("operator")).output).toBeDefined();
  expect(await create("reviewer")).toMatchObject(refused("AccessDenied", /iam:PassRole/));
  await api.db.executionRole.update({ where: { arn: roleArn }, data: { passRestricted: false } });
});
