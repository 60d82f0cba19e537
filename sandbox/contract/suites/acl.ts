import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  type Grant,
  PutObjectAclCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Bench, Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";

const ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
const AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

async function object({ s3, bucket }: Bench, options: { versioned?: boolean } = {}) {
  const target = { Bucket: await bucket(options), Key: "a" };
  const { VersionId } = await s3.send(new PutObjectCommand({ ...target, Body: "hello" }));
  const { Owner } = await s3.send(new GetObjectAclCommand(target));
  return { target, version: { ...target, VersionId }, Owner };
}

/** Grants in a form that does not depend on their order: `READ to AllUsers`. */
const told = (grants: Grant[] | undefined, owner: string | undefined): string[] =>
  (grants ?? [])
    .map(({ Grantee, Permission }) => `${Permission} to ${Grantee?.URI?.split("/").at(-1) ?? (Grantee?.ID === owner ? "owner" : Grantee?.ID)}`)
    .sort();

async function aclOf(s3: S3Client, target: { Bucket: string; Key: string; VersionId?: string | undefined }): Promise<string[]> {
  const { Grants, Owner } = await s3.send(new GetObjectAclCommand(target));
  return told(Grants, Owner?.ID);
}

const toOwner = "FULL_CONTROL to owner";

export const acl: Suite = (check) => {
  check("gives all to the owner at first", async (bench) => {
    const { target, Owner } = await object(bench);
    expect(Owner?.ID).toBeTruthy();
    expect(await aclOf(bench.s3, target)).toEqual([toOwner]);
  });

  for (const [ACL, grants] of [
    ["private", [toOwner]],
    ["public-read", [toOwner, "READ to AllUsers"]],
    ["public-read-write", [toOwner, "READ to AllUsers", "WRITE to AllUsers"]],
    ["authenticated-read", [toOwner, "READ to AuthenticatedUsers"]],
    ["bucket-owner-full-control", [toOwner]],
  ] as const)
    check(`takes the canned ${ACL} in place of what was there`, async (bench) => {
      const { target } = await object(bench);
      await bench.s3.send(new PutObjectAclCommand({ ...target, ACL: "authenticated-read" }));
      await bench.s3.send(new PutObjectAclCommand({ ...target, ACL }));
      expect(await aclOf(bench.s3, target)).toEqual(grants);
      expect(await (await bench.s3.send(new GetObjectCommand(target))).Body?.transformToString()).toBe("hello");
    });

  check("refuses a canned one that nobody knows", async (bench) => {
    const { target } = await object(bench);
    await expectError(bench.s3.send(new PutObjectAclCommand({ ...target, ACL: "friends-only" as "private" })), "InvalidArgument", 400);
  });

  check("takes grants by headers, and adds none to them", async (bench) => {
    const { target } = await object(bench);
    const other = bench.server.otherOwner;
    await bench.s3.send(new PutObjectAclCommand({ ...target, GrantRead: `uri="${ALL_USERS}", id="${other}"`, GrantWriteACP: `id="${other}"` }));
    expect(await aclOf(bench.s3, target)).toEqual([`READ to ${other}`, "READ to AllUsers", `WRITE_ACP to ${other}`].sort());
  });

  check("takes a document", async (bench) => {
    const { target, Owner } = await object(bench);
    const Grants: Grant[] = [
      { Grantee: { Type: "CanonicalUser", ID: Owner?.ID }, Permission: "FULL_CONTROL" },
      { Grantee: { Type: "Group", URI: AUTHENTICATED }, Permission: "READ_ACP" },
    ];
    await bench.s3.send(new PutObjectAclCommand({ ...target, AccessControlPolicy: { Owner: { ID: Owner?.ID }, Grants } }));
    expect(await aclOf(bench.s3, target)).toEqual([toOwner, "READ_ACP to AuthenticatedUsers"]);
    expect(await (await bench.s3.send(new GetObjectCommand(target))).Body?.transformToString()).toBe("hello");
  });

  check("gives back in a document what it can be given again", async (bench) => {
    const { target } = await object(bench);
    await bench.s3.send(new PutObjectAclCommand({ ...target, ACL: "public-read" }));
    const { Grants, Owner } = await bench.s3.send(new GetObjectAclCommand(target));
    await bench.s3.send(new PutObjectAclCommand({ ...target, ACL: "private" }));
    await bench.s3.send(new PutObjectAclCommand({ ...target, AccessControlPolicy: { Owner, Grants } }));
    expect(await aclOf(bench.s3, target)).toEqual([toOwner, "READ to AllUsers"]);
  });

  check("refuses a grantee who does not exist", async (bench) => {
    const { target, Owner } = await object(bench);
    const Grants: Grant[] = [{ Grantee: { Type: "CanonicalUser", ID: "nobody-at-all" }, Permission: "READ" }];
    const put = new PutObjectAclCommand({ ...target, AccessControlPolicy: { Owner: { ID: Owner?.ID }, Grants } });
    await expectError(bench.s3.send(put), "InvalidArgument", 400);
    expect(await aclOf(bench.s3, target)).toEqual([toOwner]);
  });

  check("refuses canned and grants together", async (bench) => {
    const { target } = await object(bench);
    await expectError(bench.s3.send(new PutObjectAclCommand({ ...target, ACL: "private", GrantRead: `uri="${ALL_USERS}"` })), "InvalidRequest", 400);
  });

  check("is for the version that is named", async (bench) => {
    const { target, version } = await object(bench, { versioned: true });
    await bench.s3.send(new PutObjectCommand({ ...target, Body: "newer" }));
    await bench.s3.send(new PutObjectAclCommand({ ...version, ACL: "public-read" }));
    expect(await aclOf(bench.s3, version)).toEqual([toOwner, "READ to AllUsers"]);
    expect(await aclOf(bench.s3, target)).toEqual([toOwner]);
  });

  check("comes with a put, and is not brought along by a copy", async (bench) => {
    const { target } = await object(bench);
    const { Bucket } = target;
    await bench.s3.send(new PutObjectCommand({ ...target, Body: "1", ACL: "public-read" }));
    expect(await aclOf(bench.s3, target)).toEqual([toOwner, "READ to AllUsers"]);
    await bench.s3.send(new CopyObjectCommand({ Bucket, Key: "b", CopySource: `${Bucket}/a` }));
    expect(await aclOf(bench.s3, { Bucket, Key: "b" })).toEqual([toOwner]);
    await bench.s3.send(new CopyObjectCommand({ Bucket, Key: "c", CopySource: `${Bucket}/a`, ACL: "authenticated-read" }));
    expect(await aclOf(bench.s3, { Bucket, Key: "c" })).toEqual([toOwner, "READ to AuthenticatedUsers"]);
  });

  check("needs an object that is there", async (bench) => {
    const { target } = await object(bench, { versioned: true });
    const none = { Bucket: target.Bucket, Key: "none" };
    await expectError(bench.s3.send(new PutObjectAclCommand({ ...none, ACL: "private" })), "NoSuchKey", 404);
    await expectError(bench.s3.send(new GetObjectAclCommand(none)), "NoSuchKey", 404);
    await bench.s3.send(new DeleteObjectCommand(target));
    await expectError(bench.s3.send(new PutObjectAclCommand({ ...target, ACL: "private" })), "NoSuchKey", 404);
  });

  check("is not there where the bucket's owner owns all", async (bench) => {
    const { s3 } = bench;
    const target = { Bucket: await bench.bucket({ ownership: "BucketOwnerEnforced" }), Key: "a" };
    await s3.send(new PutObjectCommand({ ...target, Body: "1", ACL: "bucket-owner-full-control" }));
    await expectError(s3.send(new PutObjectAclCommand({ ...target, ACL: "public-read" })), "AccessControlListNotSupported", 400);
    await expectError(s3.send(new PutObjectCommand({ ...target, Body: "2", ACL: "public-read" })), "AccessControlListNotSupported", 400);
    expect(await aclOf(s3, target)).toEqual([toOwner]);
  });
};
