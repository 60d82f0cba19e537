import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand, type PutObjectCommandInput, RestoreObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Bench, Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";

async function object({ s3, bucket }: Bench, StorageClass: PutObjectCommandInput["StorageClass"], options: { versioned?: boolean } = {}) {
  const target = { Bucket: await bucket(options), Key: "a" };
  const { VersionId } = await s3.send(new PutObjectCommand({ ...target, Body: "cold", StorageClass }));
  const restore = (Days = 1, VersionId?: string) =>
    s3.send(new RestoreObjectCommand({ ...target, VersionId, RestoreRequest: { Days, GlacierJobParameters: { Tier: "Bulk" } } }));
  return { target, VersionId, restore };
}

export const restore: Suite = (check) => {
  check("is begun once", async (bench) => {
    const { target, restore } = await object(bench, "GLACIER");
    expect((await restore()).$metadata.httpStatusCode).toBe(202);
    expect((await bench.s3.send(new HeadObjectCommand(target))).Restore).toBe('ongoing-request="true"');
    await expectError(restore(), "RestoreAlreadyInProgress", 409);
  });

  check("is for the version that is named", async (bench) => {
    const { target, restore, VersionId } = await object(bench, "GLACIER", { versioned: true });
    await bench.s3.send(new PutObjectCommand({ ...target, Body: "newer", StorageClass: "GLACIER" }));
    await restore(1, VersionId);
    expect((await bench.s3.send(new HeadObjectCommand({ ...target, VersionId }))).Restore).toBe('ongoing-request="true"');
    expect((await bench.s3.send(new HeadObjectCommand(target))).Restore).toBeUndefined();
  });

  check("is not for objects that are not archived", async (bench) => {
    const { restore } = await object(bench, "STANDARD");
    await expectError(restore(), "InvalidObjectState", 403);
  });

  check("needs an object that is there", async (bench) => {
    const { target } = await object(bench, "GLACIER");
    const none = { Bucket: target.Bucket, Key: "none" };
    await expectError(bench.s3.send(new RestoreObjectCommand({ ...none, RestoreRequest: { Days: 1 } })), "NoSuchKey", 404);
  });

  check("needs a number of days", async (bench) => {
    const { target, restore } = await object(bench, "GLACIER");
    await expectError(restore(0), "InvalidArgument", 400);
    await expectError(bench.s3.send(new RestoreObjectCommand({ ...target, RestoreRequest: {} })), "MalformedXML", 400);
  });

  check("comes before a copy", async (bench) => {
    const { target } = await object(bench, "GLACIER");
    const copy = new CopyObjectCommand({ Bucket: target.Bucket, Key: "b", CopySource: `${target.Bucket}/a` });
    await expectError(bench.s3.send(copy), "InvalidObjectState", 403);
  });

  check("is not needed for instant retrieval", async (bench) => {
    const { target, restore } = await object(bench, "GLACIER_IR");
    expect(await (await bench.s3.send(new GetObjectCommand(target))).Body?.transformToString()).toBe("cold");
    await expectError(restore(), "InvalidObjectState", 403);
  });
};
