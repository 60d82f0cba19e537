import { describe, expect, test } from "vitest";
import { createJobSchema } from "../../jobs/job-schema.ts";
import { parseCreateJob } from "./create-job.ts";

const parts = {
  ConfirmationRequired: "<ConfirmationRequired>false</ConfirmationRequired>",
  Operation: "<Operation><S3PutObjectTagging><TagSet><member><Key>keyOne</Key><Value>ValueOne</Value></member></TagSet></S3PutObjectTagging></Operation>",
  Report:
    "<Report><Bucket>arn:aws:s3:::report-bucket</Bucket><Prefix>final-reports</Prefix><Format>Report_CSV_20180820</Format><Enabled>true</Enabled><ReportScope>AllTasks</ReportScope></Report>",
  ClientRequestToken: "<ClientRequestToken>tok-1</ClientRequestToken>",
  Manifest:
    "<Manifest><Spec><Format>S3BatchOperations_CSV_20180820</Format><Fields><member>Bucket</member><member>Key</member></Fields></Spec><Location><ObjectArn>arn:aws:s3:::my_manifests/manifest.csv</ObjectArn><ETag>&quot;60e460c9d1046e73f7dde5043ac3ae85&quot;</ETag></Location></Manifest>",
  Description: "<Description>d</Description>",
  Priority: "<Priority>42</Priority>",
  RoleArn: "<RoleArn>arn:aws:iam::123456789012:role/S3BatchJobRole</RoleArn>",
  Tags: "<Tags><member><Key>a</Key><Value>b</Value></member></Tags>",
};

const parse = (changed: Partial<Record<keyof typeof parts | "Other", string>> = {}) => {
  const body = Object.values({ ...parts, ...changed }).join("");
  return parseCreateJob(Buffer.from(`<CreateJobRequest xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/">${body}</CreateJobRequest>`));
};

test("a body as AWS's CLI sends it", () => {
  expect(createJobSchema.parse(parse())).toEqual({
    ConfirmationRequired: false,
    Operation: { S3PutObjectTagging: { TagSet: [{ Key: "keyOne", Value: "ValueOne" }] } },
    Report: { Enabled: true, Bucket: "arn:aws:s3:::report-bucket", Prefix: "final-reports", Format: "Report_CSV_20180820", ReportScope: "AllTasks" },
    ClientRequestToken: "tok-1",
    Manifest: {
      Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
      Location: { ObjectArn: "arn:aws:s3:::my_manifests/manifest.csv", ETag: "60e460c9d1046e73f7dde5043ac3ae85" },
    },
    Description: "d",
    Priority: 42,
    RoleArn: "arn:aws:iam::123456789012:role/S3BatchJobRole",
    Tags: [{ Key: "a", Value: "b" }],
  });
});

test("a job that says nothing of confirmation waits for one", () => {
  expect(createJobSchema.parse(parse({ ConfirmationRequired: "" })).ConfirmationRequired).toBe(true);
});

test("a report that is not wanted may be described all the same", () => {
  expect(parse({ Report: parts.Report.replace("true", "false") })).toMatchObject({ Report: { Enabled: false } });
});

test.each([
  ["<DeleteObject/>", { DeleteObject: {} }],
  [
    "<MergeObjectTagging><TagSet><member><Key>a</Key><Value>b</Value></member></TagSet><RemoveKeys><member>c</member></RemoveKeys></MergeObjectTagging>",
    { MergeObjectTagging: { TagSet: [{ Key: "a", Value: "b" }], RemoveKeys: ["c"] } },
  ],
  ["<S3PutObjectLegalHold><LegalHold><Status>ON</Status></LegalHold></S3PutObjectLegalHold>", { S3PutObjectLegalHold: { LegalHold: { Status: "ON" } } }],
])("the operation %s", (xml, operation) => {
  const ConfirmationRequired = "<ConfirmationRequired>true</ConfirmationRequired>";
  expect(createJobSchema.parse(parse({ ConfirmationRequired, Operation: `<Operation>${xml}</Operation>` })).Operation).toEqual(operation);
});

test("what can never be undone is not taken without a confirmation", () => {
  expect(() => parse({ Operation: "<Operation><DeleteObject/></Operation>" })).toThrow("ConfirmationRequired: must be true");
});

test("a copy with each member that there is", () => {
  const copy =
    "<TargetResource>arn:aws:s3:::target</TargetResource><StorageClass>GLACIER</StorageClass>" +
    "<AccessControlGrants><member><Grantee><TypeIdentifier>id</TypeIdentifier><Identifier>x</Identifier></Grantee><Permission>READ</Permission></member></AccessControlGrants>" +
    "<ModifiedSinceConstraint>2026-01-01T00:00:00Z</ModifiedSinceConstraint><RequesterPays>true</RequesterPays>" +
    "<NewObjectMetadata><UserMetadata><entry><key>team</key><value>data</value></entry></UserMetadata><HttpExpiresDate>2026-01-01T00:00:00.000Z</HttpExpiresDate></NewObjectMetadata>";
  const input = parse({ Operation: `<Operation><S3PutObjectCopy>${copy}</S3PutObjectCopy></Operation>` });
  expect(input.Operation).toEqual({
    S3PutObjectCopy: {
      TargetResource: "arn:aws:s3:::target",
      StorageClass: "GLACIER",
      AccessControlGrants: [{ Grantee: { TypeIdentifier: "id", Identifier: "x" }, Permission: "READ" }],
      ModifiedSinceConstraint: "2026-01-01T00:00:00Z",
      RequesterPays: true,
      NewObjectMetadata: { UserMetadata: { team: "data" }, HttpExpiresDate: "2026-01-01T00:00:00.000Z" },
    },
  });
});

test("a manifest that is to be generated", () => {
  const generator =
    "<ManifestGenerator><S3JobManifestGenerator><SourceBucket>arn:aws:s3:::photos</SourceBucket>" +
    "<ManifestOutputLocation><Bucket>arn:aws:s3:::reports</Bucket><ManifestFormat>S3InventoryReport_CSV_20211130</ManifestFormat></ManifestOutputLocation>" +
    "<Filter><CreatedAfter>2026-01-01T00:00:00Z</CreatedAfter><KeyNameConstraint><MatchAnyPrefix><member>2026/</member></MatchAnyPrefix></KeyNameConstraint>" +
    "<ObjectSizeGreaterThanBytes>1024</ObjectSizeGreaterThanBytes><MatchAnyStorageClass><member>STANDARD</member></MatchAnyStorageClass></Filter>" +
    "<EnableManifestOutput>true</EnableManifestOutput></S3JobManifestGenerator></ManifestGenerator>";
  expect(parse({ Manifest: generator }).ManifestGenerator).toEqual({
    S3JobManifestGenerator: {
      SourceBucket: "arn:aws:s3:::photos",
      ManifestOutputLocation: { Bucket: "arn:aws:s3:::reports", ManifestFormat: "S3InventoryReport_CSV_20211130" },
      Filter: {
        CreatedAfter: "2026-01-01T00:00:00Z",
        KeyNameConstraint: { MatchAnyPrefix: ["2026/"] },
        ObjectSizeGreaterThanBytes: 1024,
        MatchAnyStorageClass: ["STANDARD"],
      },
      EnableManifestOutput: true,
    },
  });
  const asked =
    "<MatchAnyObjectEncryption><ObjectEncryption><SSE-S3/></ObjectEncryption></MatchAnyObjectEncryption>" +
    "<ObjectReplicationStatuses><member>FAILED</member></ObjectReplicationStatuses><EligibleForReplication>true</EligibleForReplication></Filter>";
  expect(parse({ Manifest: generator.replace("</Filter>", asked) }).ManifestGenerator).toMatchObject({
    S3JobManifestGenerator: {
      Filter: { MatchAnyObjectEncryption: [{ SSES3: {} }], ObjectReplicationStatuses: ["FAILED"], EligibleForReplication: true },
    },
  });
});

describe("what is wrong is named", () => {
  const withMember = (part: keyof typeof parts, member: string) => ({ [part]: parts[part].replace(/(<\/\w+>)$/, `${member}$1`) });
  test.each([
    ["a member that is missing", { Priority: "" }, "Priority: is required"],
    ["a member within one that is missing", { Report: "<Report><Enabled>true</Enabled></Report>" }, "Report.Bucket: is required"],
    ["a member that we do not serve", withMember("Report", "<ExpectedBucketOwner>123456789012</ExpectedBucketOwner>"), "does not serve ExpectedBucketOwner"],
    ["an operation that is none", { Operation: "<Operation><S3Explode/></Operation>" }, "Operation.S3Explode: S3 Control has no such member"],
    ["two operations", withMember("Operation", "<S3DeleteObjectTagging/>"), "Give exactly one operation"],
    ["no operation", { Operation: "<Operation/>" }, "Give exactly one operation"],
    ["a priority that is too high", { Priority: "<Priority>2147483648</Priority>" }, "Priority: is 2,147,483,647 at most"],
    ["a token that is too long", { ClientRequestToken: `<ClientRequestToken>${"a".repeat(65)}</ClientRequestToken>` }, "ClientRequestToken"],
    ["a member that S3 Control does not have", { Other: "<DryRun>true</DryRun>" }, "DryRun: S3 Control has no such member"],
    [
      "51 tags",
      { Tags: `<Tags>${Array.from({ length: 51 }, (_, i) => `<member><Key>k${i}</Key><Value/></member>`).join("")}</Tags>` },
      "Tags: At most 50 tags",
    ],
  ])("%s", (_name, changed, message) => {
    expect(() => parse(changed)).toThrow(message);
  });
});
