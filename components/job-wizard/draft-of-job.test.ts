import { describe, expect, it } from "vitest";
import { type CreateJobInput, createJobSchema, definitionOf } from "#lib/jobs/job-schema.ts";
import { lookupOf } from "./draft.ts";
import { draftOfJob, leftOutOf, retryOfJob } from "./draft-of-job.ts";
import { draftToInput } from "./draft-to-input.ts";

const location = { ObjectArn: "arn:aws:s3:::lists/a b.csv", ETag: "e1" };
const csv = (Fields?: ("Bucket" | "Key" | "VersionId" | "Ignore")[]): Partial<CreateJobInput> => ({
  Manifest: { Spec: { Format: "S3BatchOperations_CSV_20180820", ...(Fields && { Fields }) }, Location: location },
});

const request = (more: Partial<CreateJobInput>): CreateJobInput => ({
  Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data" }] } },
  Report: { Enabled: true, Bucket: "arn:aws:s3:::reports", Prefix: "a/", Format: "Report_CSV_20180820", ReportScope: "FailedTasksOnly" },
  Priority: 7,
  RoleArn: "arn:aws:iam::123456789012:role/r",
  ClientRequestToken: "t",
  Description: "A job",
  Tags: [{ Key: "cost", Value: "12" }],
  ...more,
});

const jobOf = (more: Partial<CreateJobInput>) => {
  const parsed = createJobSchema.parse(request(more));
  return {
    definition: definitionOf(parsed),
    description: parsed.Description ?? "",
    priority: parsed.Priority,
    tags: parsed.Tags ?? [],
    connection: { id: "c1", name: "c", endpoint: "http://s3" },
    reportLocation: "s3://reports/a/job-1/manifest.json",
  };
};

const operations: CreateJobInput["Operation"][] = [
  { S3PutObjectTagging: { TagSet: [{ Key: "a", Value: "" }] } },
  { S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target", TargetKeyPrefix: "x/", StorageClass: "GLACIER", MetadataDirective: "COPY" } },
  {
    S3PutObjectCopy: {
      TargetResource: "arn:aws:s3:::target",
      MetadataDirective: "REPLACE",
      NewObjectMetadata: { UserMetadata: { a: "b" }, ContentType: "text/plain" },
      NewObjectTagging: [{ Key: "a", Value: "b" }],
    },
  },
];

describe("a clone", () => {
  it.each<[string, Partial<CreateJobInput>]>([
    ["a CSV", csv()],
    ["a CSV with versions", csv(["Bucket", "Key", "VersionId"])],
    ["a CSV with columns of its own", csv(["Ignore", "Key", "Bucket"])],
    ["an inventory", { Manifest: { Spec: { Format: "S3InventoryReport_CSV_20161130" }, Location: location } }],
    ["failed tasks", { Manifest: { Spec: { Format: "Report_CSV_20180820" }, Location: { ...location, ObjectVersionId: "v1" } } }],
    [
      "a list of a bucket",
      {
        ManifestGenerator: {
          S3JobManifestGenerator: {
            SourceBucket: "arn:aws:s3:::data",
            EnableManifestOutput: false,
            Filter: {
              KeyNameConstraint: { MatchAnyPrefix: ["a b/", "c"], MatchAnySuffix: [".jpg"] },
              CreatedAfter: "2026-01-01T00:00:00Z",
              ObjectSizeGreaterThanBytes: 5,
              MatchAnyStorageClass: ["GLACIER"],
            },
          },
        },
      },
    ],
    ["no report", { ...csv(), Report: { Enabled: false } }],
    ...operations.map((Operation, index): [string, Partial<CreateJobInput>] => [`operation ${index}`, { ...csv(), Operation }]),
  ])("with %s is the same job once more", (_name, more) => {
    const job = jobOf(more);
    const draft = draftOfJob(job, "new");
    // As if the manifest was found unchanged.
    const of = lookupOf(draft.manifest)?.of;
    const found = of === undefined ? null : { of, etag: "e1", versionId: null, size: 1, lastModified: null };
    const input = createJobSchema.parse(draftToInput({ ...draft, manifest: { ...draft.manifest, found } }));
    expect(definitionOf(input)).toEqual(job.definition);
    expect(leftOutOf(draft, job)).toEqual([]);
    expect(input).toMatchObject({ ClientRequestToken: "new", Priority: 7, Description: "A job", Tags: job.tags, ConfirmationRequired: true });
  });
});

it("tells what the wizard has no field for", () => {
  const job = jobOf({
    Operation: {
      S3PutObjectCopy: {
        TargetResource: "arn:aws:s3:::target",
        BucketKeyEnabled: false,
        AccessControlGrants: [{ Grantee: { TypeIdentifier: "id", Identifier: "i", DisplayName: "n" }, Permission: "READ" }],
      },
    },
    ManifestGenerator: {
      S3JobManifestGenerator: {
        SourceBucket: "arn:aws:s3:::data",
        EnableManifestOutput: true,
        ManifestOutputLocation: { Bucket: "arn:aws:s3:::kept", ManifestFormat: "S3InventoryReport_CSV_20211130" },
      },
    },
  });
  const draft = draftOfJob(job, "new");
  expect(leftOutOf(draft, job)).toEqual([
    "AccessControlGrants.0.Grantee.DisplayName",
    "BucketKeyEnabled",
    "S3JobManifestGenerator.ManifestOutputLocation.Bucket",
    "S3JobManifestGenerator.ManifestOutputLocation.ManifestFormat",
  ]);
  expect(leftOutOf({ ...draft, source: "report" }, job)).toHaveLength(2);
});

describe("a retry", () => {
  it("does the same to the failed tasks of the report", () => {
    const draft = retryOfJob(jobOf(csv()), "new");
    expect(draft).toMatchObject({
      source: "report",
      manifest: { connectionId: "c1", location: "s3://reports/a/job-1/manifest.json", found: null },
      operation: { name: "S3PutObjectTagging" },
      options: { description: "Failed tasks of: A job", roleArn: "arn:aws:iam::123456789012:role/r" },
    });
  });

  it("has a description that fits, and none where there was none", () => {
    expect(retryOfJob({ ...jobOf(csv()), description: "x".repeat(256) }, "t")?.options.description).toHaveLength(256);
    expect(retryOfJob({ ...jobOf(csv()), description: "" }, "t")?.options.description).toBe("");
  });

  it("needs a report", () => expect(retryOfJob({ ...jobOf(csv()), reportLocation: null }, "t")).toBeNull());
});
