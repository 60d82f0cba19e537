import { CreateBucketCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { startContractRgw, whyNoRgw } from "../../sandbox/contract/servers.ts";
import { connectS3 } from "../s3/connect-s3.ts";
import type { Capability } from "./capability.ts";
import { runProbe } from "./run-probe.ts";
import type { ProbeResult } from "./verdict.ts";

/** What Ceph RGW 16.2 does not do, or does wrongly: that the probe finds exactly this is what it is trusted for. */
const known: Partial<Record<Capability, string>> = {
  PutObjectEncryption: "ignored: The store answers 200 and does not say that the object is encrypted.",
  PutObjectChecksum: "ignored: The store takes a body that its checksum does not fit.",
  DeleteObjectTagging: "ignored: The store says that the tags are deleted, and they are still there.",
  CopyObjectTags: "ignored: The store ignores the tagging directive: the copy does not get the new tags.",
  CopyObjectLock: "ignored: The store answers 200 and drops the retention of a copy.",
  CopyObjectEncryption: "ignored: The store answers 200 and ignores x-amz-server-side-encryption.",
  CopyObjectKmsEncryption: "ignored: The store answers 200 and ignores x-amz-server-side-encryption.",
  CopyObjectChecksum: "ignored: The store answers 200 and ignores x-amz-checksum-algorithm.",
  CopyObjectDates: "ignored: The store copies an object that was modified since the time that it must not have been.",
  CopyObjectIfMatch: "ignored: The store copies an object of another ETag than the one that is asked for.",
  CopyObjectRedirect: "ignored: The store answers 200 and ignores x-amz-website-redirect-location.",
  MultipartUploadTags: "ignored: The store drops the tags that an upload in parts is begun with.",
  MultipartUploadLock: "ignored: The store answers 200 and drops the retention of an upload in parts.",
  UploadPartCopyIfMatch: "ignored: The store copies a part of an object of another ETag than the one that is asked for.",
  RestoreObject: "refused",
  GetObjectAttributes: "ignored: The store answers 200 with the object's own content.",
  UpdateObjectEncryption: "damages: The store overwrote the object with the request's own XML.",
};

/** Without versions its DeleteObjectTagging works. */
const { DeleteObjectTagging: _versioned, CopyObjectLock: _copies, MultipartUploadLock: _parts, ...knownOfPlain } = known;

const tableOf = (results: readonly ProbeResult[]): Partial<Record<Capability, string>> =>
  Object.fromEntries(
    results
      .filter(({ verdict }) => verdict !== "works" && verdict !== "untried")
      .map(({ capability, verdict, reason }) => [capability, verdict === "refused" ? verdict : `${verdict}: ${reason}`]),
  );

test.skipIf(whyNoRgw() !== undefined)(
  "Ceph RGW does what it is known to do",
  async () => {
    const server = await startContractRgw();
    const { endpoint, accessKeyId, secretAccessKey } = server;
    const target = { endpoint, accessKeyId, secretAccessKey, region: "us-east-1", addressing: "path" as const };
    const s3 = connectS3(target);
    try {
      await s3.send(new CreateBucketCommand({ Bucket: "locked", ObjectLockEnabledForBucket: true }));
      await s3.send(new CreateBucketCommand({ Bucket: "plain" }));
      const probe = (workBucket: string) =>
        runProbe({ ...target, connectionId: "one", workBucket, workPrefix: "" }, { run: { runId: "one", attempt: 0 }, now: () => new Date(), pausesMs: [] });
      const inLocked = await probe("locked");
      expect(tableOf(inLocked.results)).toEqual(known);
      expect(inLocked).toMatchObject({ versioned: true, locks: true });
      expect(inLocked.results.filter(({ verdict }) => verdict === "untried")).toEqual([]);
      expect(tableOf((await probe("plain")).results)).toEqual(knownOfPlain);
      for (const Bucket of ["locked", "plain"]) {
        const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
        expect([Versions ?? [], DeleteMarkers ?? []]).toEqual([[], []]);
      }
    } finally {
      s3.destroy();
      await server.stop();
    }
  },
  180_000,
);
