import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { expectError, expectStatus } from "./contract/expect-error.ts";
import { mainUser, ownSandbox } from "./contract/own-sandbox.ts";
import type { AllowStatement } from "./start-sandbox.ts";

const own = ownSandbox();

/** A client that may do just that, in a sandbox with two buckets and an object of two versions in each. */
async function only(...allow: AllowStatement[]) {
  const user = { ...mainUser, accessKeyId: "LIMITED", name: "limited", policy: { allow } };
  await own.start({ users: [user] });
  const owner = own.connect();
  let VersionId: string | undefined;
  for (const Bucket of ["one", "two"]) {
    await owner.send(new CreateBucketCommand({ Bucket }));
    await owner.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    for (const Body of ["1", "2"]) ({ VersionId } = await owner.send(new PutObjectCommand({ Bucket, Key: "in/a", Body, Tagging: "t=1" })));
  }
  return { s3: own.connect(user), owner, VersionId };
}

const denied = (work: Promise<unknown>) => expectError(work, "AccessDenied", 403);
const object = { Bucket: "one", Key: "in/a" };
const tag = (input: { Bucket: string; Key: string; VersionId?: string | undefined }) =>
  new PutObjectTaggingCommand({ ...input, Tagging: { TagSet: [{ Key: "k", Value: "v" }] } });

test("allows what is listed and nothing else", async () => {
  const { s3, owner } = await only({ action: "s3:PutObjectTagging", resource: "arn:aws:s3:::one/in/*" });
  await s3.send(tag(object));
  await denied(s3.send(tag({ Bucket: "two", Key: "in/a" })));
  await denied(s3.send(tag({ Bucket: "one", Key: "out/a" })));
  await denied(s3.send(new GetObjectTaggingCommand(object)));
  await denied(s3.send(new GetObjectCommand(object)));
  await denied(s3.send(new ListBucketsCommand({})));
  await expectStatus(s3.send(new HeadBucketCommand({ Bucket: "one" })), 403);
  expect((await owner.send(new GetObjectTaggingCommand(object))).TagSet).toEqual([{ Key: "k", Value: "v" }]);
});

test("tells versions from objects", async () => {
  const resource = ["arn:aws:s3:::one/*", "arn:aws:s3:::two/*"];
  const { s3, VersionId } = await only({ action: ["s3:PutObjectVersionTagging", "s3:GetObject"], resource });
  const version = { Bucket: "two", Key: "in/a", VersionId };
  await s3.send(tag(version));
  await denied(s3.send(tag(object)));
  await s3.send(new GetObjectCommand(object));
  await denied(s3.send(new GetObjectCommand(version)));
});

test("does not tell what is not there to who may not list", async () => {
  const { s3 } = await only({ action: ["s3:GetObject", "s3:PutObjectTagging"], resource: "*" });
  const none = { Bucket: "one", Key: "none" };
  await denied(s3.send(new GetObjectCommand(none)));
  await expectStatus(s3.send(new HeadObjectCommand(none)), 403);
  await denied(s3.send(tag(none)));
  await denied(s3.send(new CopyObjectCommand({ Bucket: "one", Key: "b", CopySource: "one/none" })));
});

test("tells it to who may list", async () => {
  const { s3 } = await only({ action: "s3:GetObject", resource: "arn:aws:s3:::*/*" }, { action: "s3:ListBucket", resource: "arn:aws:s3:::one" });
  await expectError(s3.send(new GetObjectCommand({ Bucket: "one", Key: "none" })), "NoSuchKey", 404);
  await expectStatus(s3.send(new HeadObjectCommand({ Bucket: "one", Key: "none" })), 404);
});

test("a copy needs the tags of its source too, where it has some", async () => {
  const read = { action: "s3:GetObject*", resource: "arn:aws:s3:::one/*" };
  const { s3 } = await only({ action: "s3:GetObject", resource: read.resource }, { action: "s3:PutObject*", resource: "arn:aws:s3:::two/*" });
  const copy = { Bucket: "two", Key: "b", CopySource: "one/in/a" };
  await denied(s3.send(new CopyObjectCommand(copy)));
  await s3.send(new CopyObjectCommand({ ...copy, TaggingDirective: "REPLACE" }));
});

test("a copy with tags needs the right to write them", async () => {
  const { s3 } = await only({ action: "s3:Get*", resource: "*" }, { action: "s3:PutObject", resource: "*" });
  await denied(s3.send(new CopyObjectCommand({ Bucket: "two", Key: "b", CopySource: "one/in/a" })));
});

test("hides the number of tags from who may not read them", async () => {
  const { s3, owner } = await only({ action: "s3:GetObject", resource: "*" });
  expect((await owner.send(new GetObjectCommand(object))).TagCount).toBe(1);
  expect((await s3.send(new GetObjectCommand(object))).TagCount).toBeUndefined();
});

test("deletes of many keys are allowed one by one", async () => {
  const { s3, VersionId } = await only({ action: "s3:DeleteObject", resource: "arn:aws:s3:::two/in/*" });
  const Objects = [{ Key: "in/a" }, { Key: "out/a" }, { Key: "in/a", VersionId }];
  const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: "two", Delete: { Objects } }));
  expect(Deleted?.map((entry) => entry.Key)).toEqual(["in/a"]);
  expect(Errors?.map((entry) => [entry.Key, entry.Code])).toEqual([
    ["out/a", "AccessDenied"],
    ["in/a", "AccessDenied"],
  ]);
});

test("what is denied stays denied, whatever is allowed; actions in any case, wildcards in the middle", async () => {
  const user = { ...mainUser, accessKeyId: "LIMITED", name: "limited", policy: { allow: [{ action: "S3:get*", resource: "*" }], deny: ["s3:Get*Tagging"] } };
  await own.start({ users: [user] });
  const owner = own.connect();
  await owner.send(new CreateBucketCommand({ Bucket: "one" }));
  await owner.send(new PutObjectCommand({ ...object, Body: "1" }));
  const s3 = own.connect(user);
  await s3.send(new GetObjectCommand(object));
  await denied(s3.send(new GetObjectTaggingCommand(object)));
});
