import { describe, expect, it } from "vitest";
import { createJobSchema } from "#lib/jobs/job-schema.ts";
import { type Draft, draftSchema, foundOf, isTouched, lookupOf, newDraft } from "./draft.ts";
import { draftToInput } from "./draft-to-input.ts";

const role = "arn:aws:iam::123456789012:role/longshore";

function filled(): Draft {
  const draft = newDraft("token-1");
  const connectionId = "4f9c3f53-1cf0-4be2-9d1b-6a0a5a0c9d11";
  draft.manifest = { connectionId, location: "s3://lists/a.csv", versionId: "", withVersionIds: false, columns: "", found: null };
  draft.manifest.found = { of: lookupOf(draft.manifest)?.of ?? "", etag: "abc", versionId: null, size: 10, lastModified: null };
  draft.operation.name = "S3PutObjectTagging";
  draft.operation.forms.S3PutObjectTagging = { TagSet: [{ Key: "team", Value: "" }] };
  draft.options = { ...draft.options, reportBucket: "reports", roleArn: role };
  return draft;
}

describe("draftToInput", () => {
  it("makes a request that the schema takes, without what is empty", () => {
    const input = draftToInput(filled());
    expect(input).toEqual({
      Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "" }] } },
      Manifest: {
        Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
        Location: { ObjectArn: "arn:aws:s3:::lists/a.csv", ETag: "abc" },
      },
      Report: { Enabled: true, Bucket: "arn:aws:s3:::reports", Format: "Report_CSV_20180820", ReportScope: "AllTasks" },
      Priority: 10,
      RoleArn: role,
      ClientRequestToken: "token-1",
      ConfirmationRequired: true,
    });
    expect(createJobSchema.safeParse(input).success).toBe(true);
  });

  it("carries everything that was given", () => {
    const draft = filled();
    draft.manifest.withVersionIds = true;
    draft.options = {
      ...draft.options,
      description: "  nightly ",
      priority: "0",
      reportPrefix: "r/",
      reportScope: "FailedTasksOnly",
      tags: [{ Key: "a", Value: "b" }],
    };
    expect(draftToInput(draft)).toMatchObject({
      Manifest: { Spec: { Fields: ["Bucket", "Key", "VersionId"] } },
      Report: { Prefix: "r/", ReportScope: "FailedTasksOnly" },
      Priority: 0,
      Description: "nightly",
      Tags: [{ Key: "a", Value: "b" }],
    });
  });

  it("carries the note to the reviewer and the job that it takes the place of, which a draft of before them does not have", () => {
    const draft = filled();
    const jobId = "4f9c3f53-1cf0-4be2-9d1b-6a0a5a0c9d22";
    const input = draftToInput({ ...draft, note: " Because\nof it ", replaces: jobId });
    expect(input).toMatchObject({ Note: "Because\nof it", Replaces: jobId });
    expect(createJobSchema.safeParse(input).success).toBe(true);
    const { note: _note, replaces: _replaces, ...older } = draft;
    expect(draftSchema.parse(older)).toMatchObject({ note: "", replaces: null });
    expect(isTouched({ ...newDraft("token-1"), note: "Why" })).toBe(true);
  });

  it("leaves the report's fields out when there is none", () => {
    const draft = filled();
    draft.options.report = false;
    expect(draftToInput(draft).Report).toEqual({ Enabled: false });
  });

  it("pins the version that was found, or the one that was asked for", () => {
    const draft = filled();
    if (draft.manifest.found) draft.manifest.found.versionId = "v-found";
    expect(draftToInput(draft).Manifest?.Location.ObjectVersionId).toBe("v-found");
    draft.manifest.versionId = " v-typed ";
    expect(draftToInput(draft).Manifest?.Location).toMatchObject({ ObjectVersionId: "v-typed", ETag: "" });
  });

  it("never sends the ETag of another object", () => {
    const draft = filled();
    draft.manifest.location = "s3://lists/b.csv";
    expect(foundOf(draft.manifest)).toBeNull();
    expect(draftToInput(draft).Manifest?.Location.ETag).toBe("");
  });

  it.each(["", " ", "ten"])("does not make a number of the priority %j", (priority) => {
    const draft = filled();
    draft.options.priority = priority;
    expect(draftToInput(draft).Priority).toBeNaN();
  });
});

describe("a stored draft", () => {
  it("comes back as it was", () => expect(draftSchema.parse(JSON.parse(JSON.stringify(filled())))).toEqual(filled()));
  it.each([null, {}, { token: "a" }, []])("%j is no draft", (stored) => expect(draftSchema.safeParse(stored).success).toBe(false));
  it("is untouched while only the connection and role were chosen", () => {
    const draft = newDraft("t");
    draft.manifest.connectionId = "c";
    draft.options.roleArn = role;
    expect(isTouched(draft)).toBe(false);
    expect(isTouched(filled())).toBe(true);
  });
});

it("asks for a list of the bucket's objects, without what is empty", () => {
  const draft = filled();
  draft.source = "bucket";
  draft.selection = { ...draft.selection, bucket: "s3://photos/", prefixes: "2026/\n\n with space ", largerThan: "1,000", storageClasses: ["GLACIER"] };
  const input = draftToInput(draft);
  expect(input).not.toHaveProperty("Manifest");
  expect(input.ManifestGenerator).toEqual({
    S3JobManifestGenerator: {
      SourceBucket: "arn:aws:s3:::photos",
      EnableManifestOutput: false,
      Filter: { KeyNameConstraint: { MatchAnyPrefix: ["2026/", " with space "] }, ObjectSizeGreaterThanBytes: 1000, MatchAnyStorageClass: ["GLACIER"] },
    },
  });
  expect(createJobSchema.safeParse(input).success).toBe(true);
});
