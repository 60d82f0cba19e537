import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ContractServer, startContractRgw, startContractSandbox, whyNoRgw } from "../../sandbox/contract/servers.ts";
import { connectS3, type S3Target } from "../s3/connect-s3.ts";
import { openStepTaker, type StepTaker } from "../s3/take-steps.ts";
import { computeObjectChecksum } from "./compute-object-checksum.ts";
import type { JobContext, Task, TaskOutcome, TaskRun } from "./operation.ts";
import { testJob } from "./testing/test-job.ts";
import { updateObjectEncryption } from "./update-object-encryption.ts";

const mebibyte = 1024 * 1024;
const job = testJob({ now: () => new Date(), sizes: { whole: 4 * mebibyte, part: 5 * mebibyte } });
const until = new Date(Math.floor(Date.now() / 1000) * 1000 + 3_600_000);
const noRgw = whyNoRgw();

describe.each<[string, () => Promise<ContractServer>, boolean]>([
  ["the sandbox", startContractSandbox, true],
  ["Ceph RGW", startContractRgw, noRgw === undefined],
])("on %s", (name, start, present) => {
  describe.runIf(present)("an object", () => {
    let server: ContractServer;
    let s3: S3Client;
    let taker: StepTaker;
    beforeAll(async () => {
      server = await start();
      const { endpoint, accessKeyId, secretAccessKey } = server;
      const target: S3Target = { endpoint, region: "us-east-1", addressing: "path", accessKeyId, secretAccessKey };
      s3 = connectS3(target);
      taker = openStepTaker(target, new Map(), 60_000);
      await s3.send(new CreateBucketCommand({ Bucket: "data", ObjectOwnership: "ObjectWriter" }));
      await s3.send(new CreateBucketCommand({ Bucket: "locked", ObjectLockEnabledForBucket: true }));
    });
    afterAll(async () => {
      taker?.close();
      s3?.destroy();
      await server?.stop();
    });

    /** The one task of a run. */
    const run = async (taskRun: TaskRun, task: Task): Promise<TaskOutcome> => {
      if (!("steps" in taskRun)) throw new Error("a single request");
      return (await taker.take(taskRun.steps([task])))[0] as TaskOutcome;
    };
    const encrypt = (task: Task, its: JobContext = job) =>
      run(updateObjectEncryption.run({ ObjectEncryption: { SSEKMS: { KMSKeyArn: server.kmsKeyId } } }, its), task);
    const keyOf = async (Bucket: string, Key: string) => {
      const { ServerSideEncryption, SSEKMSKeyId = "" } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
      return [ServerSideEncryption, SSEKMSKeyId.slice(SSEKMSKeyId.lastIndexOf("/") + 1)];
    };
    const newKey = () => ["aws:kms", server.kmsKeyId];
    // S3 takes no lock with a body whose MD5 it is not told.
    const ContentMD5 = "MGYXYYX8yjXSbBsWEqkeeA==";
    const put = (Bucket: string, Key: string, more = {}) =>
      s3.send(new PutObjectCommand({ Bucket, Key, Body: "the body", ContentType: "text/odd", Metadata: { a: "b" }, Tagging: "team=a%2Bb", ...more }));
    const versionsOf = async (Bucket: string, Prefix: string) => (await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }))).Versions ?? [];

    it.runIf(name === "Ceph RGW")("that a store copies without the encryption is no success", async () => {
      await put("data", "dropped");
      expect(await encrypt({ bucket: "data", key: "dropped" })).toMatchObject({ kind: "failed", code: "EncryptionNotKept" });
      expect(await (await s3.send(new GetObjectCommand({ Bucket: "data", Key: "dropped" }))).Body?.transformToString()).toBe("the body");
    });

    it.runIf(name === "the sandbox")("that is encrypted anew keeps its bytes, metadata, tags and ACL", async () => {
      await put("data", "plain");
      await s3.send(new PutObjectAclCommand({ Bucket: "data", Key: "plain", ACL: "public-read" }));
      const grants = async () => (await s3.send(new GetObjectAclCommand({ Bucket: "data", Key: "plain" }))).Grants;
      const before = await grants();
      expect(await encrypt({ bucket: "data", key: "plain" })).toEqual({ kind: "succeeded", httpStatus: 200 });
      expect(await keyOf("data", "plain")).toEqual(newKey());
      const { Body, ContentType, Metadata } = await s3.send(new GetObjectCommand({ Bucket: "data", Key: "plain" }));
      expect([await Body?.transformToString(), ContentType, Metadata]).toEqual(["the body", "text/odd", { a: "b" }]);
      expect((await s3.send(new GetObjectTaggingCommand({ Bucket: "data", Key: "plain" }))).TagSet).toEqual([{ Key: "team", Value: "a+b" }]);
      expect((await grants())?.length).toBeGreaterThan(1);
      expect(await grants()).toEqual(before);
    });

    it("that has the key already is left alone", async () => {
      await put("data", "already", { ServerSideEncryption: "aws:kms", SSEKMSKeyId: server.kmsKeyId });
      const { LastModified, ETag } = await s3.send(new HeadObjectCommand({ Bucket: "data", Key: "already" }));
      expect(await encrypt({ bucket: "data", key: "already" })).toMatchObject({ kind: "succeeded", message: "Encrypted so already" });
      expect(await s3.send(new HeadObjectCommand({ Bucket: "data", Key: "already" }))).toMatchObject({ LastModified, ETag });
    });

    it.runIf(name === "the sandbox")("that is locked is locked in its new version too", async () => {
      await put("locked", "held", { ContentMD5, ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: "ON" });
      expect(await encrypt({ bucket: "locked", key: "held" })).toMatchObject({ kind: "succeeded" });
      expect(await versionsOf("locked", "held")).toHaveLength(2);
      expect(await keyOf("locked", "held")).toEqual(newKey());
      expect(await s3.send(new HeadObjectCommand({ Bucket: "locked", Key: "held" }))).toMatchObject({
        ObjectLockMode: "GOVERNANCE",
        ObjectLockRetainUntilDate: until,
        ObjectLockLegalHoldStatus: "ON",
      });
    });

    it.runIf(name === "the sandbox")("whose retention is over is not locked again", async () => {
      await put("locked", "over", { ContentMD5, ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: until });
      const later = testJob({ ...job, now: () => new Date(until.getTime() + 1) });
      expect(await encrypt({ bucket: "locked", key: "over" }, later)).toMatchObject({ kind: "succeeded" });
      expect((await s3.send(new HeadObjectCommand({ Bucket: "locked", Key: "over" }))).ObjectLockMode).toBeUndefined();
    });

    it("whose older version is named is left alone", async () => {
      await s3.send(new CreateBucketCommand({ Bucket: "versions" }));
      await s3.send(new PutBucketVersioningCommand({ Bucket: "versions", VersioningConfiguration: { Status: "Enabled" } }));
      await put("versions", "k");
      await put("versions", "k", { Body: "the newer body" });
      const [newer, older] = await versionsOf("versions", "k");
      await expect(encrypt({ bucket: "versions", key: "k", versionId: older?.VersionId })).rejects.toMatchObject({ outcome: { code: "NotCurrentVersion" } });
      expect(await versionsOf("versions", "k")).toHaveLength(2);
      if (name === "the sandbox") expect(await encrypt({ bucket: "versions", key: "k", versionId: newer?.VersionId })).toMatchObject({ kind: "succeeded" });
      expect(await (await s3.send(new GetObjectCommand({ Bucket: "versions", Key: "k" }))).Body?.transformToString()).toBe("the newer body");
    });

    const checksum = async (task: Task, ChecksumAlgorithm: "SHA256" | "CRC32", ChecksumType: "FULL_OBJECT" | "COMPOSITE" = "FULL_OBJECT") => {
      const outcome = await run(computeObjectChecksum.run({ ChecksumAlgorithm, ChecksumType }, job), task);
      return JSON.parse(outcome.message ?? "") as unknown;
    };

    it("is read for a checksum that nobody keeps, range by range", async () => {
      const body = Buffer.alloc(12 * mebibyte + 3, "abc");
      const { ETag } = await s3.send(new PutObjectCommand({ Bucket: "data", Key: "to read +", Body: body }));
      const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
      expect(await checksum({ bucket: "data", key: "to read +" }, "SHA256")).toEqual({
        checksum_base64: Buffer.from(bytes).toString("base64"),
        etag: ETag?.replaceAll('"', ""),
        checksumAlgorithm: "SHA256",
        checksumType: "FULL_OBJECT",
        checksum_hex: Buffer.from(bytes).toString("hex").toUpperCase(),
      });
    });

    it("of no bytes has a checksum too", async () => {
      await put("data", "empty", { Body: "" });
      expect(await checksum({ bucket: "data", key: "empty" }, "CRC32")).toMatchObject({ checksum_base64: "AAAAAA==", checksum_hex: "00000000" });
    });

    it.runIf(name === "Ceph RGW")("whose parts the store does not tell has no composite checksum", async () => {
      const parts = [Buffer.alloc(5 * mebibyte, "1"), Buffer.from("the rest")];
      const Key = "in parts";
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket: "data", Key }));
      const Parts = await Promise.all(
        parts.map(async (Body, index) => {
          const { ETag } = await s3.send(new UploadPartCommand({ Bucket: "data", Key, UploadId, PartNumber: index + 1, Body }));
          return { ETag, PartNumber: index + 1 };
        }),
      );
      await s3.send(new CompleteMultipartUploadCommand({ Bucket: "data", Key, UploadId, MultipartUpload: { Parts } }));
      await expect(checksum({ bucket: "data", key: Key }, "SHA256", "COMPOSITE")).rejects.toMatchObject({ outcome: { code: "PartsUnknown" } });
    });

    it("that was not uploaded in parts has no composite checksum", async () => {
      await put("data", "whole");
      await expect(checksum({ bucket: "data", key: "whole" }, "SHA256", "COMPOSITE")).rejects.toMatchObject({ outcome: { code: "NoParts" } });
    });
  });
});
