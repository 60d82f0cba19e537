import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetBucketReplicationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { expectError } from "./contract/expect-error.ts";
import { type RawRequest, sendRaw, signRaw } from "./contract/raw-request.ts";
import { sampleBuckets, samplePhotoKeys, seedSampleData } from "./seed.ts";
import { type Sandbox, type SandboxUser, startSandbox } from "./start-sandbox.ts";

const main = { accessKeyId: "MAIN", secretAccessKey: "main-secret", name: "main" };
const role: SandboxUser = {
  accessKeyId: "ROLE",
  secretAccessKey: "role-secret",
  name: "role",
  policy: { deny: ["s3:PutObjectTagging"], denyBuckets: { locked: ["s3:Get*"] } },
};

let dir: string;
let sandbox: Sandbox | undefined;

const start = async (): Promise<Sandbox> => {
  sandbox = await startSandbox({ dir, users: [main, role], control: true });
  return sandbox;
};

const connect = (endpoint: string, { accessKeyId, secretAccessKey }: SandboxUser = main): S3Client =>
  new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });

const tag = (Bucket: string, Key: string) => new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: [{ Key: "k", Value: "v" }] } });

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "longshore-sandbox-"));
});

afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
  rmSync(dir, { recursive: true, force: true });
});

/** Starts main.ts as the launcher does. */
async function forkSandbox() {
  const child = fork(join(import.meta.dirname, "main.ts"), ["--port", "0", "--dir", dir], {
    execArgv: [],
    env: { ...process.env, SANDBOX_USERS: JSON.stringify([main]) },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const ended = exited.then(() => {
    throw new Error("main.ts ended before it was ready");
  });
  const [message] = (await Promise.race([once(child, "message"), ended])) as [{ type: string; port: number }];
  ended.catch(() => {});
  return { child, exited, url: `http://127.0.0.1:${message.port}` };
}

test("keeps what it acknowledged across kill -9, and ends with who forked it", async () => {
  const first = await forkSandbox();
  const s3 = connect(first.url);
  await s3.send(new CreateBucketCommand({ Bucket: "kept" }));
  const large = Buffer.alloc(1_000_000, "abc");
  await s3.send(new PutObjectCommand({ Bucket: "kept", Key: "large", Body: large }));
  await s3.send(new PutObjectCommand({ Bucket: "kept", Key: "small", Body: "1", Tagging: "a=b" }));
  first.child.kill("SIGKILL");
  await first.exited;
  const second = await forkSandbox();
  const got = await connect(second.url).send(new GetObjectCommand({ Bucket: "kept", Key: "large" }));
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(large)).toBe(true);
  expect((await connect(second.url).send(new GetObjectCommand({ Bucket: "kept", Key: "small" }))).TagCount).toBe(1);
  second.child.disconnect();
  expect(await second.exited).toEqual([0, null]);
});

test("does not share its data with a second sandbox", async () => {
  await start();
  await expect(startSandbox({ dir, users: [main] })).rejects.toThrow("another sandbox");
});

test("refuses a role what its policy denies, and nothing else", async () => {
  const { url } = await start();
  const [owner, limited] = [connect(url), connect(url, role)];
  for (const Bucket of ["open", "locked"]) {
    await owner.send(new CreateBucketCommand({ Bucket }));
    await owner.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1", Tagging: "a=b" }));
  }
  await expectError(limited.send(tag("open", "a")), "AccessDenied", 403);
  await expectError(limited.send(new PutObjectCommand({ Bucket: "open", Key: "b", Body: "1", Tagging: "a=b" })), "AccessDenied", 403);
  await expectError(limited.send(new GetObjectCommand({ Bucket: "locked", Key: "a" })), "AccessDenied", 403);
  await expectError(limited.send(new CopyObjectCommand({ Bucket: "open", Key: "c", CopySource: "locked/a" })), "AccessDenied", 403);
  await limited.send(new GetObjectCommand({ Bucket: "open", Key: "a" }));
  await limited.send(new PutObjectCommand({ Bucket: "locked", Key: "b", Body: "1" }));
});

test("never overwrites an object by a subresource or header that it does not know", async () => {
  const { url } = await start();
  const s3 = connect(url);
  await s3.send(new CreateBucketCommand({ Bucket: "bucket" }));
  await s3.send(new PutObjectCommand({ Bucket: "bucket", Key: "a", Body: "1" }));
  const server = { endpoint: url, ...main, stop: async () => {} };
  const unknown: Partial<RawRequest>[] = [
    ...["torrent", "no-such-thing"].map((name) => ({ query: { [name]: "" } })),
    { headers: { "x-amz-server-side-encryption-customer-algorithm": "AES256" } },
  ];
  for (const raw of unknown) {
    const reply = await sendRaw(server, await signRaw(server, { method: "PUT", path: "/bucket/a", body: "<Xml/>", ...raw }));
    expect([raw, reply.status, reply.code]).toEqual([raw, 501, "NotImplemented"]);
  }
  expect(await (await s3.send(new GetObjectCommand({ Bucket: "bucket", Key: "a" }))).Body?.transformToString()).toBe("1");
});

test("serves buckets by host name", async () => {
  const { url, port } = await start();
  const s3 = connect(url);
  await s3.send(new CreateBucketCommand({ Bucket: "virtual" }));
  await s3.send(new PutObjectCommand({ Bucket: "virtual", Key: "a/b", Body: "1" }));
  const server = { endpoint: `http://virtual.localhost:${port}`, ...main, stop: async () => {} };
  const { headers } = await signRaw(server, { method: "GET", path: "/a/b" });
  const sent = request({ host: "127.0.0.1", port, path: "/a/b", headers }).end();
  const [response] = await once(sent, "response");
  expect([response.statusCode, Buffer.concat(await response.toArray()).toString()]).toEqual([200, "1"]);
});

test("fails on demand", async () => {
  const { url, faults } = await start();
  const s3 = connect(url);
  await s3.send(new CreateBucketCommand({ Bucket: "bucket" }));
  for (const Key of ["good", "bad"]) await s3.send(new PutObjectCommand({ Bucket: "bucket", Key, Body: "1" }));
  faults.add({ operation: "PutObjectTagging", keyIncludes: "bad", answer: "SlowDown", times: 1 });
  await s3.send(tag("bucket", "good"));
  await expectError(s3.send(tag("bucket", "bad")), "SlowDown", 503);
  await s3.send(tag("bucket", "bad"));
  faults.add({ method: "PUT", answer: "InternalError" });
  await expectError(s3.send(tag("bucket", "good")), "InternalError", 500);
  faults.clear();
  faults.add({ operation: "PutObject", answer: "drop", times: 1 });
  await expect(s3.send(new PutObjectCommand({ Bucket: "bucket", Key: "dropped", Body: "1" }))).rejects.toThrow();
  faults.add({ operation: "PutObject", answer: "drop-reply", times: 1 });
  await expect(s3.send(new PutObjectCommand({ Bucket: "bucket", Key: "written", Body: "1" }))).rejects.toThrow();
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "bucket" }));
  expect(Contents.map((entry) => entry.Key)).toEqual(["bad", "good", "written"]);
});

test("takes faults over HTTP where that is allowed", async () => {
  const { url } = await start();
  const s3 = connect(url);
  const post = (body: object) => fetch(`${url}/-/faults`, { method: "POST", body: JSON.stringify(body) });
  expect((await post({ operation: "CreateBucket", answer: "SlowDown" })).status).toBe(204);
  await expectError(s3.send(new CreateBucketCommand({ Bucket: "bucket" })), "SlowDown", 503);
  expect((await post({ answer: "Explode" })).status).toBe(400);
  expect((await fetch(`${url}/-/faults`, { method: "DELETE" })).status).toBe(204);
  await s3.send(new CreateBucketCommand({ Bucket: "bucket" }));
});

test("seeds its sample data once", async () => {
  const { url, store } = await start();
  expect(await seedSampleData(store)).toEqual(Object.values(sampleBuckets));
  expect(await seedSampleData(store)).toEqual([]);
  const s3 = connect(url);
  const keys = new Set(samplePhotoKeys());
  expect(keys.size).toBe(1000);
  const rows = async (Key: string) => {
    const got = await s3.send(new GetObjectCommand({ Bucket: sampleBuckets.manifests, Key }));
    return ((await got.Body?.transformToString()) ?? "")
      .trimEnd()
      .split("\n")
      .map((line) => decodeURIComponent(line.slice(line.indexOf(",") + 1)));
  };
  expect(new Set(await rows("photos-2026.csv"))).toEqual(keys);
  const mistaken = await rows("photos-with-mistakes.csv");
  expect([mistaken.length, mistaken.filter((key) => !keys.has(key)).length]).toEqual([1000, 40]);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: sampleBuckets.photos }));
  expect(new Set(Contents.map((entry) => entry.Key))).toEqual(keys);
});

test("seeds what each operation can be tried on", async () => {
  const { url, store } = await start();
  await seedSampleData(store);
  const s3 = connect(url);
  const manifest = async (Key: string) => {
    const got = await s3.send(new GetObjectCommand({ Bucket: sampleBuckets.manifests, Key }));
    const rows = ((await got.Body?.transformToString()) ?? "").trimEnd().split("\n");
    return rows.map((line) => line.split(",").map(decodeURIComponent)).map(([Bucket, Key, VersionId]) => ({ Bucket, Key, VersionId }));
  };
  const heads = async (name: string) => Promise.all((await manifest(name)).map((listed) => s3.send(new HeadObjectCommand(listed))));
  const versions = await heads("contracts-all-versions.csv");
  expect([versions.length, versions.filter((head) => head.ObjectLockMode).length, versions.filter((head) => head.ObjectLockLegalHoldStatus).length]).toEqual([
    120, 12, 3,
  ]);
  expect((await manifest("contracts.csv")).length).toBe(60);
  const tapes = await heads("archived-tapes.csv");
  expect(new Set(tapes.map((head) => head.StorageClass))).toEqual(new Set(["GLACIER", "DEEP_ARCHIVE"]));
  const [scan] = await manifest("scans-to-replicate.csv");
  const { ReplicationConfiguration } = await s3.send(new GetBucketReplicationCommand({ Bucket: scan?.Bucket }));
  expect(ReplicationConfiguration?.Rules?.[0]?.Destination?.Bucket).toBe(`arn:aws:s3:::${sampleBuckets.archive}`);
});
