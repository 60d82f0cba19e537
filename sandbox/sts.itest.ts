import { CreateBucketCommand, GetObjectCommand, ListBucketsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { expectError } from "./contract/expect-error.ts";
import { mainUser, ownSandbox } from "./contract/own-sandbox.ts";
import { presignRaw, sendRaw } from "./contract/raw-request.ts";
import type { Sandbox } from "./start-sandbox.ts";

const own = ownSandbox();
const RoleArn = "arn:aws:iam::000000000000:role/jobs";

const roles = [{ name: "jobs", policy: { allow: [{ action: "s3:*", resource: ["arn:aws:s3:::jobs", "arn:aws:s3:::jobs/*"] }] }, externalId: "longshore" }];

async function assume({ url }: Sandbox, input: { ExternalId?: string; DurationSeconds?: number } = {}, user = mainUser) {
  const sts = new STSClient({ endpoint: url, region: "us-east-1", credentials: user, maxAttempts: 1 });
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "job-1", ExternalId: "longshore", ...input }));
  return { accessKeyId: Credentials?.AccessKeyId ?? "", secretAccessKey: Credentials?.SecretAccessKey ?? "", sessionToken: Credentials?.SessionToken ?? "" };
}

const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "none",
    (error: Error) => error.name,
  );

test("the keys of a role do what the role may, until they expire by the sandbox's clock", async () => {
  const sandbox = await own.start({ roles });
  await own.connect().send(new CreateBucketCommand({ Bucket: "jobs" }));
  await own.connect().send(new CreateBucketCommand({ Bucket: "others" }));
  const s3 = own.connect(await assume(sandbox, { DurationSeconds: 1800 }));
  await s3.send(new PutObjectCommand({ Bucket: "jobs", Key: "a", Body: "1" }));
  await expectError(s3.send(new PutObjectCommand({ Bucket: "others", Key: "a", Body: "1" })), "AccessDenied", 403);
  sandbox.advance(1_799_000);
  await s3.send(new GetObjectCommand({ Bucket: "jobs", Key: "a" }));
  sandbox.advance(2_000);
  await expectError(s3.send(new GetObjectCommand({ Bucket: "jobs", Key: "a" })), "ExpiredToken", 400);
});

test("presigned addresses carry the token", async () => {
  const sandbox = await own.start({ roles });
  await own.connect().send(new CreateBucketCommand({ Bucket: "jobs" }));
  const credentials = await assume(sandbox);
  await own.connect(credentials).send(new PutObjectCommand({ Bucket: "jobs", Key: "a", Body: "signed" }));
  const server = { endpoint: sandbox.url, ...credentials };
  const presigned = await presignRaw(server, { method: "GET", path: "/jobs/a" });
  expect(presigned.query).toHaveProperty("X-Amz-Security-Token");
  expect((await sendRaw(server, presigned)).body).toBe("signed");
  expect((await sendRaw(server, { ...presigned, query: { ...presigned.query, "X-Amz-Security-Token": "forged" } })).status).toBe(403);
});

test("a role is assumed only with its external id, by who may", async () => {
  const outsider = { ...mainUser, accessKeyId: "OUTSIDER", name: "outsider", policy: { deny: ["sts:AssumeRole"] } };
  const sandbox = await own.start({ roles, users: [outsider] });
  expect(await refusal(assume(sandbox, { ExternalId: "another" }))).toBe("AccessDenied");
  expect(await refusal(assume(sandbox, {}, outsider))).toBe("AccessDenied");
  expect(await refusal(assume(sandbox, { DurationSeconds: 60 }))).toBe("ValidationError");
  expect(await refusal(assume(sandbox))).toBe("none");
});

test("keys that last have no token", async () => {
  await own.start({ roles });
  await expectError(own.connect({ ...mainUser, sessionToken: "made-up" }).send(new ListBucketsCommand({})), "InvalidToken", 400);
});

test("says who asks", async () => {
  const sandbox = await own.start({ roles });
  const credentials = await assume(sandbox);
  const sts = new STSClient({ endpoint: sandbox.url, region: "us-east-1", credentials, maxAttempts: 1 });
  expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe("arn:aws:sts::000000000000:assumed-role/jobs/job-1");
});
