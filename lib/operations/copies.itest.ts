import {
  CreateBucketCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ContractServer, startContractRgw, startContractSandbox, whyNoRgw } from "../../sandbox/contract/servers.ts";
import { connectS3, type S3Target } from "../s3/connect-s3.ts";
import { openStepTaker, type StepTaker } from "../s3/take-steps.ts";
import { copyAcross } from "./copy-across.ts";
import { copyInParts } from "./copy-in-parts.ts";
import type { CopyPlan } from "./copy-plan.ts";
import { copyWithin } from "./copy-within.ts";
import { testJob } from "./testing/test-job.ts";

const mebibyte = 1024 * 1024;
/** Cut as large objects are, and still quick to make. */
const job = testJob({ now: () => new Date(), sizes: { whole: 4 * mebibyte, part: 5 * mebibyte } });
const there = "arn:aws:iam::123456789012:role/there";
const large = Buffer.alloc(11 * mebibyte, "0123456789abcdefghijklmnopqrstuvwxyz");
/** A person waits less than for 11 MiB, on a machine that is busy. */
const patienceMs = 60_000;
const until = new Date(Date.now() + 3_600_000);
const locked = {
  "x-amz-object-lock-mode": "GOVERNANCE",
  "x-amz-object-lock-retain-until-date": until.toISOString(),
  "x-amz-object-lock-legal-hold": "ON",
};
const tags = [
  { Key: "team", Value: "a+b" },
  { Key: "x y", Value: "" },
];

interface Store {
  server: ContractServer;
  s3: S3Client;
  target: S3Target;
}

async function open(start: () => Promise<ContractServer>): Promise<Store> {
  const server = await start();
  const { endpoint, accessKeyId, secretAccessKey } = server;
  const target: S3Target = { endpoint, region: "us-east-1", addressing: "path", accessKeyId, secretAccessKey };
  const s3 = connectS3(target);
  for (const Bucket of ["source", "target"]) await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new CreateBucketCommand({ Bucket: "locked", ObjectLockEnabledForBucket: true }));
  const metadata = { ContentType: "text/x-odd", CacheControl: "no-store", Metadata: { owner: "me" }, Tagging: "team=a%2Bb&x%20y=" };
  await s3.send(new PutObjectCommand({ Bucket: "source", Key: "large/ü +", Body: large, ...metadata }));
  await s3.send(new PutObjectCommand({ Bucket: "source", Key: "small", Body: "small body", ...metadata }));
  await s3.send(new PutObjectCommand({ Bucket: "source", Key: "empty", Body: "", ...metadata }));
  return { server, s3, target };
}

const planOf = (key: string, more: Partial<CopyPlan> = {}): CopyPlan => ({
  source: { bucket: "source", key },
  target: { bucket: "target", key: `copy of ${key}` },
  headers: {},
  keepsMetadata: true,
  tags: null,
  reading: {},
  ...more,
});

/** All that people see of an object. */
async function look({ s3 }: Store, Bucket: string, Key: string) {
  const { Body, ContentType, CacheControl, Metadata, ETag } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const body = Buffer.from((await Body?.transformToByteArray()) ?? []);
  const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
  const byKey = TagSet.toSorted((a, b) => ((a.Key ?? "") < (b.Key ?? "") ? -1 : 1));
  return { same: (other: Buffer | string) => body.equals(Buffer.from(other)), ETag, ContentType, CacheControl, Metadata, tags: byKey };
}
const asSource = { ContentType: "text/x-odd", CacheControl: "no-store", Metadata: { owner: "me" }, tags };

const uploadsIn = async ({ s3 }: Store, Bucket: string) => (await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? [];

async function locksOf({ s3 }: Store, Key: string) {
  const { ObjectLockMode, ObjectLockRetainUntilDate, ObjectLockLegalHoldStatus } = await s3.send(new HeadObjectCommand({ Bucket: "locked", Key }));
  return { mode: ObjectLockMode, until: ObjectLockRetainUntilDate?.getTime(), hold: ObjectLockLegalHoldStatus };
}
const asAsked = { mode: "GOVERNANCE", until: Math.floor(until.getTime() / 1000) * 1000, hold: "ON" };
const toSecond = <T extends { until: number | undefined }>(locks: T) => ({ ...locks, until: Math.floor((locks.until ?? 0) / 1000) * 1000 });

const noRgw = whyNoRgw();
const servers: [string, () => Promise<ContractServer>, boolean][] = [
  ["the sandbox", startContractSandbox, true],
  ["Ceph RGW", startContractRgw, noRgw === undefined],
];

describe.each(servers)("a copy on %s", (_name, start, present) => {
  describe.runIf(present)("of one store", () => {
    let store: Store;
    let taker: StepTaker;
    beforeAll(async () => {
      store = await open(start);
      taker = openStepTaker(store.target, new Map(), patienceMs);
    });
    afterAll(async () => {
      taker?.close();
      store?.s3.destroy();
      await store?.server.stop();
    });

    it("in parts has the source's bytes, metadata and tags", async () => {
      await taker.take(copyInParts(planOf("large/ü +"), job));
      const copy = await look(store, "target", "copy of large/ü +");
      expect(copy).toMatchObject(asSource);
      expect(copy.same(large)).toBe(true);
      expect(copy.ETag).toMatch(/-3"$/);
      expect(await uploadsIn(store, "target")).toEqual([]);
    });

    it("in parts has new metadata and new tags where it is told so", async () => {
      const headers = { "content-type": "text/new", "x-amz-meta-new": "yes" };
      await taker.take(copyInParts(planOf("large/ü +", { headers, keepsMetadata: false, tags: [{ Key: "new", Value: "1" }] }), job));
      expect(await look(store, "target", "copy of large/ü +")).toMatchObject({
        ContentType: "text/new",
        Metadata: { new: "yes" },
        tags: [{ Key: "new", Value: "1" }],
      });
    });

    it("in parts that does not come to its end leaves no upload behind", async () => {
      const wrong = testJob({ sizes: { whole: mebibyte, part: mebibyte } });
      await expect(taker.take(copyInParts(planOf("large/ü +"), wrong))).rejects.toMatchObject({ outcome: { code: "EntityTooSmall" } });
      expect(await uploadsIn(store, "target")).toEqual([]);
    });

    it.each([
      ["in parts", copyInParts],
      ["by one request", copyWithin],
    ])("%s is locked as asked, whatever becomes of the headers", async (_how, copy) => {
      const key = `locked ${_how}`;
      await taker.take(copy(planOf("small", { target: { bucket: "locked", key }, headers: locked }), job));
      expect(toSecond(await locksOf(store, key))).toEqual(asAsked);
    });

    it("has the new tags where the store ignores the directive", async () => {
      await taker.take(copyWithin(planOf("small", { tags: [{ Key: "only", Value: "this" }] }), job));
      expect(await look(store, "target", "copy of small")).toMatchObject({ tags: [{ Key: "only", Value: "this" }] });
    });

    it.each([
      ["if-modified-since", Date.now() + 3_600_000],
      ["if-unmodified-since", Date.now() - 3_600_000],
    ])("is not made where %s excludes the object", async (name, at) => {
      const plan = planOf("small", { target: { bucket: "target", key: name }, reading: { [name]: new Date(at).toUTCString() } });
      // S3 does not take a date in the future for a condition that excludes.
      const expected = expect(taker.take(copyWithin(plan, job)));
      await expected.rejects.toMatchObject({ outcome: { httpStatus: 412, code: "PreconditionFailed" } });
      await expect(store.s3.send(new HeadObjectCommand({ Bucket: "target", Key: name }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
    });

    it("in parts is of the version that its task names", async () => {
      await store.s3.send(new PutBucketVersioningCommand({ Bucket: "source", VersioningConfiguration: { Status: "Enabled" } }));
      await store.s3.send(new PutObjectCommand({ Bucket: "source", Key: "versioned", Body: "first" }));
      await store.s3.send(new PutObjectCommand({ Bucket: "source", Key: "versioned", Body: "second" }));
      const { Versions = [] } = await store.s3.send(new ListObjectVersionsCommand({ Bucket: "source", Prefix: "versioned" }));
      const versionId = Versions.find(({ IsLatest }) => !IsLatest)?.VersionId ?? "";
      await taker.take(copyInParts(planOf("versioned", { source: { bucket: "source", key: "versioned", versionId } }), job));
      expect((await look(store, "target", "copy of versioned")).same("first")).toBe(true);
    });
  });
});

describe.each<[string, () => Promise<ContractServer>, () => Promise<ContractServer>, boolean]>([
  ["one sandbox to another", startContractSandbox, startContractSandbox, true],
  ["the sandbox to Ceph RGW", startContractSandbox, startContractRgw, noRgw === undefined],
  ["Ceph RGW to the sandbox", startContractRgw, startContractSandbox, noRgw === undefined],
])("a copy from %s", (_name, startHere, startThere, present) => {
  describe.runIf(present)("by way of the worker", () => {
    let from: Store;
    let to: Store;
    let taker: StepTaker;
    beforeAll(async () => {
      [from, to] = await Promise.all([open(startHere), open(startThere)]);
      taker = openStepTaker(from.target, new Map([[there, to.target]]), patienceMs);
    });
    afterAll(async () => {
      taker?.close();
      for (const store of [from, to]) {
        store?.s3.destroy();
        await store?.server.stop();
      }
    });

    it.each([
      ["small", Buffer.from("small body")],
      ["empty", Buffer.alloc(0)],
      ["large/ü +", large],
    ])("of %s has its bytes, metadata and tags", async (key, body) => {
      await taker.take(copyAcross(planOf(key, { target: { bucket: "target", key: `across ${key}`, role: there } }), job));
      const copy = await look(to, "target", `across ${key}`);
      expect(copy).toMatchObject(asSource);
      expect(copy.same(body)).toBe(true);
      expect(await uploadsIn(to, "target")).toEqual([]);
    });

    it.each(["small", "large/ü +"])("of %s is locked as asked", async (key) => {
      await taker.take(copyAcross(planOf(key, { target: { bucket: "locked", key, role: there }, headers: locked }), job));
      expect(toSecond(await locksOf(to, key))).toEqual(asAsked);
    });

    it("is refused where the other store refuses it, and nothing is left of it", async () => {
      const plan = planOf("large/ü +", { target: { bucket: "nowhere", key: "k", role: there } });
      await expect(taker.take(copyAcross(plan, job))).rejects.toMatchObject({ outcome: { code: "NoSuchBucket" } });
      const small = planOf("small", { target: { bucket: "nowhere", key: "k", role: there } });
      await expect(taker.take(copyAcross(small, job))).rejects.toMatchObject({ outcome: { code: "NoSuchBucket" } });
    });
  });
});
