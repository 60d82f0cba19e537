import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox/start-sandbox.ts";
import { seal } from "../auth/secret-box.ts";
import { connectS3 } from "../s3/connect-s3.ts";
import { openRole, type StoredRole, sessionNameOf, usualSts } from "./open-role.ts";
import { RoleRefused, RoleUnavailable } from "./role-failures.ts";

const secret = "a secret of at least thirty-two characters";
const dir = mkdtempSync(join(tmpdir(), "longshore-sts-"));
const user = { name: "asks", accessKeyId: "ASKS", secretAccessKey: "asks-secret" };
let sandbox: Sandbox;
beforeAll(async () => {
  vi.stubEnv("LONGSHORE_SECRET", secret);
  vi.stubEnv("LONGSHORE_ACCOUNT_ID", "123456789012");
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@localhost/none");
  const policy = { allow: [{ action: "s3:*", resource: ["arn:aws:s3:::jobs", "arn:aws:s3:::jobs/*"] }] };
  sandbox = await startSandbox({ dir, users: [user], roles: [{ name: "jobs", externalId: "ours", policy }] });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(dir, { recursive: true, force: true });
});

const connection = (endpoint = sandbox.url) => ({
  endpoint,
  region: "us-east-1",
  addressing: "path" as const,
  caCertificate: null,
  accessKeyId: user.accessKeyId,
  secretEncrypted: seal(user.secretAccessKey, secret),
});
const role: StoredRole = {
  accessKeyId: "",
  secretEncrypted: "",
  assumedRoleArn: "arn:aws:iam::000000000000:role/jobs",
  externalId: "ours",
  sessionSeconds: 900,
  stsEndpoint: null,
  stsAccessKeyId: null,
  stsSecretEncrypted: null,
};
const open = (more: Partial<StoredRole> = {}, at = connection()) => openRole({ ...role, ...more }, at, "longshore-test", () => new Date());

test("a role that is assumed has what it is allowed, by keys that end and are replaced", async () => {
  const target = await open();
  expect(target).toMatchObject({ accessKeyId: expect.stringMatching(/^ASIA/), sessionToken: expect.any(String) });
  const admin = connectS3({ ...connection(), secretAccessKey: user.secretAccessKey });
  await admin.send(new CreateBucketCommand({ Bucket: "jobs" }));
  const s3 = connectS3(target);
  await s3.send(new PutObjectCommand({ Bucket: "jobs", Key: "a", Body: "1" }));
  await expect(s3.send(new CreateBucketCommand({ Bucket: "others" }))).rejects.toMatchObject({ name: "AccessDenied" });
  s3.destroy();
  admin.destroy();
});

test("a client of the SDK's goes on when its session has ended", async () => {
  let now = Date.now();
  const target = await openRole(role, connection(), "longshore-test", () => new Date(now));
  const s3 = connectS3(target);
  const used = target.session?.keys;
  sandbox.advance(901_000);
  now += 11_000;
  await s3.send(new PutObjectCommand({ Bucket: "jobs", Key: "b", Body: "1" }));
  expect(target.session?.keys).not.toBe(used);
  s3.destroy();
});

test("keys of its own ask in place of the connection's", async () => {
  const nobody = { ...connection(), accessKeyId: "NOBODY" };
  await expect(open({}, nobody)).rejects.toThrow(/InvalidClientTokenId.*check the keys/);
  const own = { stsAccessKeyId: user.accessKeyId, stsSecretEncrypted: seal(user.secretAccessKey, secret) };
  await expect(open(own, nobody)).resolves.toHaveProperty("session");
});

test.each<[string, Partial<StoredRole>, RegExp]>([
  ["another external id", { externalId: "theirs" }, /AccessDenied.*trust policy, the external id/],
  ["no external id", { externalId: null }, /AccessDenied/],
  ["a role that is not there", { assumedRoleArn: "arn:aws:iam::000000000000:role/none" }, /AccessDenied/],
  ["a session too short", { sessionSeconds: 60 }, /ValidationError.*sessions as long as/],
])("STS refuses %s, and what to do is said", async (_what, more, words) => {
  const refused = open(more);
  await expect(refused).rejects.toBeInstanceOf(RoleRefused);
  await expect(refused).rejects.toThrow(words);
});

test("what does not speak STS is told from what is away, and neither redirects nor bodies lead anywhere", async () => {
  let answer = { status: 200, headers: {} as Record<string, string>, body: "<html>hello</html>" };
  let visits = 0;
  const server = createServer((request, response) => {
    if (request.url !== "/") visits += 1;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await expect(open({ stsEndpoint: url })).rejects.toThrow(/does not speak STS/);
    answer = { status: 307, headers: { location: `${url}/elsewhere` }, body: "" };
    await expect(open({ stsEndpoint: url })).rejects.toThrow(/does not speak STS/);
    expect(visits).toBe(0);
    answer = { status: 503, headers: {}, body: "" };
    await expect(open({ stsEndpoint: url })).rejects.toBeInstanceOf(RoleUnavailable);
    answer = { status: 400, headers: {}, body: "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>" };
    await expect(open({ stsEndpoint: url })).rejects.toBeInstanceOf(RoleUnavailable);
  } finally {
    server.close();
    server.closeAllConnections();
  }
  await expect(open({ stsEndpoint: url })).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await expect(open({ stsEndpoint: "http://169.254.169.254" })).rejects.toBeInstanceOf(RoleRefused);
});

test("STS is Amazon's of the region for Amazon's stores, and the endpoint itself for others", () => {
  expect(usualSts({ endpoint: "https://s3.eu-central-1.amazonaws.com", region: "eu-central-1" })).toBe("https://sts.eu-central-1.amazonaws.com");
  expect(usualSts({ endpoint: "https://s3.cn-north-1.amazonaws.com.cn", region: "cn-north-1" })).toBe("https://sts.cn-north-1.amazonaws.com.cn");
  expect(usualSts({ endpoint: "https://minio.example.com:9000", region: "us-east-1" })).toBe("https://minio.example.com:9000");
  expect(sessionNameOf(randomUUID())).toMatch(/^longshore-[0-9a-f]{8}$/);
});
