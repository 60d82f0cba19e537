import { expect, test } from "vitest";
import { jobDefinitionSchema } from "./job-schema.ts";
import { listsBucket, policyOf, policyOfJob, readsManifest } from "./policy.ts";

test("actions on one resource stand together, and none twice", () => {
  const policy = JSON.parse(
    policyOf({
      operation: [
        { action: "s3:PutObjectTagging", resource: "arn:aws:s3:::photos/*" },
        { action: "s3:PutObjectVersionTagging", resource: "arn:aws:s3:::photos/*" },
        { action: "s3:PutObjectTagging", resource: "arn:aws:s3:::photos/*" },
      ],
      list: readsManifest("arn:aws:s3:::lists/a.csv"),
      report: { bucket: "reports", prefix: "r/" },
    }),
  );
  expect(policy.Statement).toEqual([
    { Effect: "Allow", Action: ["s3:PutObjectTagging", "s3:PutObjectVersionTagging"], Resource: "arn:aws:s3:::photos/*" },
    { Effect: "Allow", Action: ["s3:GetObject", "s3:GetObjectVersion"], Resource: "arn:aws:s3:::lists/a.csv" },
    { Effect: "Allow", Action: ["s3:PutObject", "s3:AbortMultipartUpload"], Resource: "arn:aws:s3:::reports/r/job-*" },
  ]);
});

test("a bucket that is listed is a resource of its own", () => {
  const policy = JSON.parse(policyOf({ operation: [], list: listsBucket("arn:aws:s3:::photos"), report: null }));
  expect(policy.Statement).toEqual([{ Effect: "Allow", Action: ["s3:ListBucket"], Resource: "arn:aws:s3:::photos" }]);
});

test("a job without a report needs no bucket for one", () => {
  expect(policyOf({ operation: [], list: readsManifest("arn:aws:s3:::lists/a.csv"), report: null })).not.toContain("PutObject");
});

const definition = (more: Record<string, unknown>) =>
  jobDefinitionSchema.parse({
    Operation: { S3PutObjectTagging: { TagSet: [] } },
    Manifest: { Spec: { Format: "S3BatchOperations_CSV_20180820" }, Location: { ObjectArn: "arn:aws:s3:::lists/a.csv", ETag: "e" } },
    Report: { Enabled: true, Bucket: "arn:aws:s3:::reports", Prefix: "r" },
    RoleArn: "arn:aws:iam::123456789012:role/r",
    ...more,
  });
const allowed = (policy: string): Record<string, string[]> =>
  Object.fromEntries(JSON.parse(policy).Statement.map(({ Resource, Action }: { Resource: string; Action: string[] }) => [Resource, Action]));

test("a job's policy is about every bucket of its manifest, the manifest and the report", () => {
  expect(allowed(policyOfJob(definition({}), ["one", "two"]))).toEqual({
    "arn:aws:s3:::one/*": ["s3:PutObjectTagging", "s3:PutObjectVersionTagging"],
    "arn:aws:s3:::two/*": ["s3:PutObjectTagging", "s3:PutObjectVersionTagging"],
    "arn:aws:s3:::lists/a.csv": ["s3:GetObject", "s3:GetObjectVersion"],
    "arn:aws:s3:::reports/r/job-*": ["s3:PutObject", "s3:AbortMultipartUpload"],
  });
});

test("a dry run may write nothing but its report", () => {
  const policy = allowed(policyOfJob(definition({ DryRun: true, Operation: { S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target" } } }), ["one"]));
  for (const [resource, actions] of Object.entries(policy)) {
    if (!resource.startsWith("arn:aws:s3:::reports"))
      expect(
        actions.filter((action) => !/^s3:(Get|List)/.test(action)),
        resource,
      ).toEqual([]);
  }
  expect(policy["arn:aws:s3:::target/*"]).toContain("s3:GetObject");
});

test("a list that is made needs the right to list, and to keep it where it is kept", () => {
  const S3JobManifestGenerator = {
    SourceBucket: "arn:aws:s3:::one",
    EnableManifestOutput: true,
    ManifestOutputLocation: { Bucket: "arn:aws:s3:::lists", ManifestPrefix: "made/", ManifestFormat: "S3InventoryReport_CSV_20211130" },
  };
  expect(allowed(policyOfJob(definition({ Manifest: undefined, ManifestGenerator: { S3JobManifestGenerator }, Report: { Enabled: false } }), ["one"]))).toEqual(
    {
      "arn:aws:s3:::one/*": ["s3:PutObjectTagging", "s3:PutObjectVersionTagging"],
      "arn:aws:s3:::one": ["s3:ListBucket"],
      "arn:aws:s3:::lists/made/*": ["s3:PutObject", "s3:AbortMultipartUpload"],
    },
  );
});

test.each([
  [{ CreatedAfter: "2026-01-01T00:00:00Z" }, ["s3:ListBucket"]],
  [{ MatchAnyTag: [{ Key: "a" }] }, ["s3:ListBucket", "s3:GetObjectTagging"]],
  [{ MatchAnyObjectEncryption: [{ NOTSSE: {} }] }, ["s3:ListBucket", "s3:GetObject"]],
  [{ ObjectReplicationStatuses: ["FAILED" as const] }, ["s3:ListBucket", "s3:GetObject"]],
  [{ EligibleForReplication: true }, ["s3:ListBucket", "s3:GetReplicationConfiguration", "s3:GetObject", "s3:GetObjectTagging"]],
])("a list by %j is made with %j", (filter, actions) => {
  expect(listsBucket("arn:aws:s3:::one", filter).map(({ action }) => action)).toEqual(actions);
});

test.each([
  ["csv", "arn:aws:s3:::lists/a.csv", null],
  ["inventory", "arn:aws:s3:::lists/src/config/2026-01-01T00-00Z/manifest.json", "arn:aws:s3:::lists/src/config/data/*"],
  ["inventory", "arn:aws:s3:::lists/manifest.json", "arn:aws:s3:::lists/data/*"],
  ["report", "arn:aws:s3:::reports/r/job-1/manifest.json", "arn:aws:s3:::reports/r/job-1/results/*"],
] as const)("the files of a manifest of the kind %s are read as well: %s", (kind, arn, files) => {
  const resources = readsManifest(arn, kind).map(({ resource }) => resource);
  expect([...new Set(resources)]).toEqual(files === null ? [arn] : [arn, files]);
});
