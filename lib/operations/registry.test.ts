import { describe, expect, it } from "vitest";
import type { Task, TaskRequest } from "./operation.ts";
import { irreversibleOf, jobOperationSchema, operationOfJob, operations, runOperation } from "./registry.ts";
import { testJob } from "./testing/test-job.ts";

const job = testJob({ amazon: true });
const wrong = (operation: unknown): string[] =>
  jobOperationSchema.safeParse(operation).error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];
function compileOf(operation: unknown): (task: Task) => TaskRequest {
  const run = runOperation({ Operation: jobOperationSchema.parse(operation) }, job);
  return "compile" in run ? run.compile : (task) => run.steps([task]).next().value as TaskRequest;
}
/** The request as it is sent: what differs from task to task with the rest. */
function request(operation: Record<string, unknown>, task = { bucket: "source", key: "a b" } as { bucket: string; key: string; versionId?: string }) {
  const { taskHeaders, versionId, query, headers, ...compiled } = compileOf(operation)(task);
  const own = Object.fromEntries((taskHeaders?.names ?? []).map((name, index) => [name, taskHeaders?.values[index]]));
  return { ...compiled, query: { ...query, ...(versionId === undefined ? {} : { versionId }) }, headers: { ...headers, ...own } };
}
const target = "arn:aws:s3:::target";

it("asks only for parameters that the schema knows", () => {
  for (const operation of operations) expect(operation.fields.map((field) => field.path)).toEqual([...new Set(operation.fields.map((field) => field.path))]);
});

describe("an operation", () => {
  it.each([
    [{}, "Give exactly one operation"],
    [{ S3PutObjectTagging: {}, S3PutObjectCopy: {} }, "Give exactly one operation"],
    [{ S3DeleteEverything: {} }, "Longshore does not serve the operation S3DeleteEverything"],
    [{ S3PutObjectTagging: { Nonsense: 1 } }, "Nonsense"],
  ])("%j", (operation, message) => expect(wrong(operation).join()).toContain(message));
});

it.each([{ S3PutObjectTagging: { TagSet: [] } }, { S3PutObjectCopy: { TargetResource: target } }])("%j keeps what is the same for every task", (operation) => {
  const compile = compileOf(operation);
  const [one, other] = [compile({ bucket: "b", key: "1" }), compile({ bucket: "b", key: "2", versionId: "v" })];
  expect(one.query).toBe(other.query);
  expect(one.headers).toBe(other.headers);
  expect(one.taskHeaders?.names).toBe(other.taskHeaders?.names);
});

it.each([
  [{ S3PutObjectTagging: { TagSet: [] } }, null],
  [{ S3PutObjectCopy: { TargetResource: target } }, null],
  [{ S3PutObjectCopy: { TargetResource: target, ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: "2040-01-01T00:00:00Z" } }, null],
  [{ S3PutObjectCopy: { TargetResource: target, ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: "2040-01-01T00:00:00Z" } }, "2040-01-01T00:00:00Z"],
])("of %j can never be undone: %j", (operation, words) => {
  const Operation = jobOperationSchema.parse(operation);
  expect(irreversibleOf({ Operation })).toEqual(words === null ? null : expect.stringContaining(words));
  expect(irreversibleOf({ Operation, DryRun: true })).toBeNull();
});

it.each([{ S3PutObjectTagging: { TagSet: [] } }, { S3PutObjectCopy: { TargetResource: target } }])("%j only reads in a dry run", (Operation) => {
  const { operation, params } = operationOfJob({ Operation, DryRun: true });
  expect(operation.warning(params)).toBeNull();
  const run = operation.run(params, job);
  if (!("steps" in run)) throw new Error("sends a request without reading");
  const steps = run.steps([{ bucket: "source", key: "k" }]);
  const answer = { httpStatus: 200, headers: {}, body: "<Tagging><TagSet/></Tagging>" };
  for (let { done, value } = steps.next(); !done; { done, value } = steps.next(answer as never)) {
    expect(["GET", "HEAD"]).toContain((value as TaskRequest).method);
  }
});

describe("S3PutObjectTagging", () => {
  it("replaces the tags of an object, or of a version", () => {
    const operation = { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "a+b" }] } };
    expect(request(operation)).toMatchObject({
      method: "PUT",
      bucket: "source",
      key: "a b",
      query: { tagging: "" },
      body: '<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet><Tag><Key>team</Key><Value>a+b</Value></Tag></TagSet></Tagging>',
    });
    expect(request(operation, { bucket: "source", key: "k", versionId: "null" }).query).toEqual({ tagging: "", versionId: "null" });
  });

  it.each([
    [Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: "" })), "TagSet: At most 10 tags"],
    [[{ Key: "", Value: "" }], "TagSet.0.Key: Give the tag a key"],
    [[{ Key: "k", Value: "x".repeat(257) }], "TagSet.0.Value: A tag's value has at most 256"],
    [[{ Key: "<script>", Value: "" }], "TagSet.0.Key: A tag's key may have"],
    [[{ Key: "aws:x", Value: "" }], "TagSet.0.Key: A tag's key may not begin with aws:"],
    [
      [
        { Key: "k", Value: "1" },
        { Key: "k", Value: "2" },
      ],
      'TagSet.1.Key: The key "k" is there twice',
    ],
  ])("refuses %j", (TagSet, message) => expect(wrong({ S3PutObjectTagging: { TagSet } }).join()).toContain(`S3PutObjectTagging.${message}`));
});

describe("S3PutObjectCopy", () => {
  it("copies an object, or a version, under the prefix", () => {
    expect(request({ S3PutObjectCopy: { TargetResource: target, TargetKeyPrefix: "p/" } })).toEqual({
      method: "PUT",
      bucket: "target",
      key: "p/a b",
      query: {},
      headers: { "x-amz-copy-source": "/source/a%20b" },
      body: "",
    });
    expect(request({ S3PutObjectCopy: { TargetResource: target } }, { bucket: "source", key: "日", versionId: "v/1" }).headers).toEqual({
      "x-amz-copy-source": "/source/%E6%97%A5?versionId=v%2F1",
    });
  });

  it("sends each parameter as its header", () => {
    const { headers } = request({
      S3PutObjectCopy: {
        TargetResource: target,
        StorageClass: "GLACIER",
        CannedAccessControlList: "bucket-owner-read",
        NewObjectTagging: [{ Key: "a b", Value: "c&d".replace("&", "+") }],
        NewObjectMetadata: { ContentType: "text/plain", UserMetadata: { Owner: "me" }, SSEAlgorithm: "KMS", HttpExpiresDate: "2030-01-01T00:00:00Z" },
        SSEAwsKmsKeyId: "arn:aws:kms:x",
        BucketKeyEnabled: true,
        ChecksumAlgorithm: "SHA256",
        ModifiedSinceConstraint: "2026-01-01T00:00:00Z",
        UnModifiedSinceConstraint: "2026-06-01T00:00:00+02:00",
        ObjectLockMode: "GOVERNANCE",
        ObjectLockRetainUntilDate: "2031-01-01T00:00:00Z",
        ObjectLockLegalHoldStatus: "ON",
        RedirectLocation: "/x",
        RequesterPays: true,
      },
    });
    expect(headers).toEqual({
      "x-amz-copy-source": "/source/a%20b",
      "x-amz-storage-class": "GLACIER",
      "x-amz-acl": "bucket-owner-read",
      "x-amz-tagging-directive": "REPLACE",
      "x-amz-tagging": "a%20b=c%2Bd",
      "x-amz-metadata-directive": "REPLACE",
      "content-type": "text/plain",
      expires: "Tue, 01 Jan 2030 00:00:00 GMT",
      "x-amz-meta-owner": "me",
      "x-amz-server-side-encryption": "aws:kms",
      "x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:x",
      "x-amz-server-side-encryption-bucket-key-enabled": "true",
      "x-amz-checksum-algorithm": "SHA256",
      "x-amz-copy-source-if-modified-since": "Thu, 01 Jan 2026 00:00:00 GMT",
      "x-amz-copy-source-if-unmodified-since": "Sun, 31 May 2026 22:00:00 GMT",
      "x-amz-object-lock-mode": "GOVERNANCE",
      "x-amz-object-lock-retain-until-date": "2031-01-01T00:00:00.000Z",
      "x-amz-object-lock-legal-hold": "ON",
      "x-amz-website-redirect-location": "/x",
      "x-amz-request-payer": "requester",
    });
  });

  it("groups grants by permission", () => {
    const grant = (Identifier: string, Permission: string) => ({ Grantee: { TypeIdentifier: "id", Identifier }, Permission });
    expect(
      request({ S3PutObjectCopy: { TargetResource: target, AccessControlGrants: [grant("1", "READ"), grant("2", "READ"), grant("3", "FULL_CONTROL")] } })
        .headers,
    ).toMatchObject({
      "x-amz-grant-read": 'id="1", id="2"',
      "x-amz-grant-full-control": 'id="3"',
    });
  });

  it.each([
    [{}, "TargetResource"],
    [{ TargetResource: target, NewObjectMetadata: { ContentLength: 5 } }, "NewObjectMetadata.ContentLength: ContentLength means nothing for a copy"],
    [{ TargetResource: target, TargetRoleArn: "role" }, "TargetRoleArn: must be a role's ARN"],
    [{ TargetResource: target, TargetRoleArn: "arn:aws:iam::123456789012:role/r", ChecksumAlgorithm: "MD5" }, "ChecksumAlgorithm: S3 computes a checksum"],
    [{ TargetResource: "target" }, "TargetResource: must be a bucket's ARN"],
    [{ TargetResource: `${target}/key` }, "TargetResource: must be a bucket's ARN"],
    [{ TargetResource: target, ObjectLockMode: "GOVERNANCE" }, "ObjectLockRetainUntilDate: A retention mode needs a date"],
    [{ TargetResource: target, NewObjectMetadata: { ContentType: "a\r\nx-evil: 1" } }, "NewObjectMetadata.ContentType"],
    [{ TargetResource: target, MetadataDirective: "COPY", NewObjectMetadata: { ContentType: "x" } }, "MetadataDirective: Metadata is only replaced"],
    [
      {
        TargetResource: target,
        CannedAccessControlList: "private",
        AccessControlGrants: [{ Grantee: { TypeIdentifier: "id", Identifier: "1" }, Permission: "READ" }],
      },
      "AccessControlGrants: Give a canned ACL or grants",
    ],
  ])("refuses %j", (copy, message) => expect(wrong({ S3PutObjectCopy: copy }).join()).toContain(`S3PutObjectCopy.${message}`));
});

describe("S3UpdateObjectEncryption", () => {
  const key = "arn:aws:kms:us-east-1:123456789012:key/k";
  it("is one request on Amazon", () => {
    const operation = { S3UpdateObjectEncryption: { ObjectEncryption: { SSEKMS: { KMSKeyArn: key, BucketKeyEnabled: true } } } };
    expect(request(operation, { bucket: "source", key: "k", versionId: "v" })).toMatchObject({
      method: "PUT",
      query: { encryption: "", versionId: "v" },
      body: `<ObjectEncryption xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><SSE-KMS><KMSKeyArn>${key}</KMSKeyArn><BucketKeyEnabled>true</BucketKeyEnabled></SSE-KMS></ObjectEncryption>`,
    });
  });

  it.each([
    [{}, "ObjectEncryption"],
    [{ ObjectEncryption: { SSEKMS: { KMSKeyArn: "a\r\nb" } } }, "ObjectEncryption.SSEKMS.KMSKeyArn"],
  ])("refuses %j", (params, message) => expect(wrong({ S3UpdateObjectEncryption: params }).join()).toContain(`S3UpdateObjectEncryption.${message}`));
});
