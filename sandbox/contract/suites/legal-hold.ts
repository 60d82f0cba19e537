import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";
import { lockable } from "../locked-objects.ts";

export const legalHold: Suite = (check) => {
  check("is kept and told", async (bench) => {
    const { target } = await lockable(bench);
    await bench.s3.send(new PutObjectLegalHoldCommand({ ...target, LegalHold: { Status: "ON" } }));
    expect((await bench.s3.send(new GetObjectLegalHoldCommand(target))).LegalHold).toEqual({ Status: "ON" });
    const got = await bench.s3.send(new GetObjectCommand(target));
    expect([got.ObjectLockLegalHoldStatus, await got.Body?.transformToString()]).toEqual(["ON", "hello"]);
  });

  check("comes with the headers of a put", async (bench) => {
    const { target } = await lockable(bench, { ObjectLockLegalHoldStatus: "ON" });
    expect((await bench.s3.send(new GetObjectLegalHoldCommand(target))).LegalHold).toEqual({ Status: "ON" });
  });

  check("is for the version that is named", async (bench) => {
    const { target, version } = await lockable(bench);
    await bench.s3.send(new PutObjectCommand({ ...target, Body: "newer" }));
    await bench.s3.send(new PutObjectLegalHoldCommand({ ...version, LegalHold: { Status: "ON" } }));
    expect((await bench.s3.send(new HeadObjectCommand(version))).ObjectLockLegalHoldStatus).toBe("ON");
    expect((await bench.s3.send(new HeadObjectCommand(target))).ObjectLockLegalHoldStatus).toBeUndefined();
  });

  check("keeps a version until it is taken off, whoever asks", async (bench) => {
    const { version } = await lockable(bench);
    await bench.s3.send(new PutObjectLegalHoldCommand({ ...version, LegalHold: { Status: "ON" } }));
    await expectError(bench.s3.send(new DeleteObjectCommand({ ...version, BypassGovernanceRetention: true })), "AccessDenied", 403);
    await bench.s3.send(new PutObjectLegalHoldCommand({ ...version, LegalHold: { Status: "OFF" } }));
    expect((await bench.s3.send(new GetObjectLegalHoldCommand(version))).LegalHold).toEqual({ Status: "OFF" });
    await bench.s3.send(new DeleteObjectCommand(version));
    await expectError(bench.s3.send(new HeadObjectCommand(version)), "NotFound", 404);
  });

  check("is unknown where none was set", async (bench) => {
    const { target } = await lockable(bench);
    await expectError(bench.s3.send(new GetObjectLegalHoldCommand(target)), "NoSuchObjectLockConfiguration", 404);
  });

  check("is refused in a bucket without Object Lock", async ({ s3, bucket }) => {
    const target = { Bucket: await bucket(), Key: "a" };
    await s3.send(new PutObjectCommand({ ...target, Body: "1" }));
    await expectError(s3.send(new PutObjectLegalHoldCommand({ ...target, LegalHold: { Status: "ON" } })), "InvalidRequest", 400);
  });

  check("is ON or OFF", async (bench) => {
    const { target } = await lockable(bench);
    await expectError(bench.s3.send(new PutObjectLegalHoldCommand({ ...target, LegalHold: { Status: "MAYBE" as "ON" } })), "MalformedXML", 400);
  });

  check("needs an object that is there", async (bench) => {
    const { Bucket } = await lockable(bench);
    await expectError(bench.s3.send(new PutObjectLegalHoldCommand({ Bucket, Key: "none", LegalHold: { Status: "ON" } })), "NoSuchKey", 404);
  });
};
