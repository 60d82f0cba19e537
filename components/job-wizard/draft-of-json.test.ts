import { describe, expect, it } from "vitest";
import { operations } from "#lib/operations/registry.ts";
import { lookupOf } from "./draft.ts";
import { issuesOf } from "./draft-issues.ts";
import { draftOfJson } from "./draft-of-json.ts";
import { draftToInput } from "./draft-to-input.ts";

const arn = "arn:aws:iam::123456789012:role/longshore";
const roles = [{ id: "r", arn, accessKeyId: "a", assumeRole: null, connection: { id: "c", name: "C" }, passers: null, mayPass: true }];
const job = {
  Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data" }] } },
  Manifest: {
    Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
    Location: { ObjectArn: "arn:aws:s3:::lists/a.csv", ETag: "abc" },
  },
  Report: { Enabled: true, Bucket: "arn:aws:s3:::reports", Prefix: "p", Format: "Report_CSV_20180820", ReportScope: "FailedTasksOnly" },
  Priority: 7,
  RoleArn: arn,
  ClientRequestToken: "old",
  Description: "Tag",
  Tags: [{ Key: "a", Value: "b" }],
  ConfirmationRequired: true,
};
const read = (value: unknown) => draftOfJson(JSON.stringify(value), roles, "new");
function draftOf(value: unknown) {
  const imported = read(value);
  if (imported.problems) throw new Error(JSON.stringify(imported.problems));
  return imported;
}

it("fills a draft in that makes the same job, with a token of its own", () => {
  const { draft, leftOut } = draftOf({ AccountId: "123456789012", ...job });
  expect(leftOut).toEqual([]);
  expect(draft.manifest.connectionId).toBe("c");
  draft.manifest.found = { of: lookupOf(draft.manifest)?.of ?? "", etag: "abc", versionId: null, size: 1, lastModified: null };
  expect(draftToInput(draft)).toEqual({ ...job, ClientRequestToken: "new" });
  expect(issuesOf(draft)).toEqual([]);
});

it("takes what is not said from the wizard's own beginning", () => {
  const { draft } = draftOf({ Operation: { S3DeleteObjectTagging: {} } });
  expect(draft.options).toMatchObject({ priority: "10", report: false, roleArn: "" });
  expect(issuesOf(draft).map(({ path }) => path)).toEqual(["Manifest.Connection", "Manifest.Location.ObjectArn", "RoleArn"]);
});

it("leaves a wrong value to its field", () => {
  const { draft } = draftOf({ ...job, Priority: -1, Operation: { S3PutObjectTagging: { TagSet: [{ Key: "", Value: "x" }] } } });
  expect(issuesOf(draft)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ path: "Operation.S3PutObjectTagging.TagSet.0.Key" }),
      expect.objectContaining({ path: "Priority", message: expect.stringContaining("at least") }),
    ]),
  );
});

describe("what no form can hold", () => {
  it.each<[string, unknown, string, RegExp]>([
    ["no object", [], "", /one JSON object/],
    ["no operation", {}, "Operation", /one operation/],
    ["two operations", { Operation: { S3PutObjectTagging: {}, S3DeleteObjectTagging: {} } }, "Operation", /one operation/],
    ["an operation of nobody", { ...job, Operation: { Explode: {} } }, "Operation", /no operation Explode/],
    ["an unknown member", { ...job, Prority: 1 }, "", /Prority/],
    ["an unknown parameter", { ...job, Operation: { S3PutObjectTagging: { TagSet: [], Tags: [] } } }, "Operation.S3PutObjectTagging", /Tags/],
    ["a list that is a text", { ...job, Operation: { S3PutObjectTagging: { TagSet: "a" } } }, "Operation.S3PutObjectTagging.TagSet", /array/],
    ["a tag without its value", { ...job, Tags: [{ Key: "a" }] }, "Tags.0.Value", /string/],
    ["a description that is a number", { ...job, Description: 5 }, "Description", /string/],
    ["a priority that is a text", { ...job, Priority: "10" }, "Priority", /number/],
    ["an owner that nobody can check", { ...job, Manifest: { ...job.Manifest, Spec: { Format: "ORC" } } }, "Manifest.Spec.Format", /formats/],
  ])("%s", (_name, value, path, message) => {
    expect(read(value).problems).toEqual(expect.arrayContaining([{ path, message: expect.stringMatching(message) }]));
  });

  it("no JSON", () => expect(draftOfJson("{", roles, "new").problems?.[0]?.message).toMatch(/^This is not JSON: /));
});

it("never throws, whatever is pasted", () => {
  for (const value of [null, 1, "x", { Operation: null }, { Operation: { S3PutObjectTagging: null } }, { ...job, Manifest: null }, { ...job, Report: "x" }])
    expect(() => read(value)).not.toThrow();
  for (const { name, initial } of operations) expect(() => read({ ...job, Operation: { [name]: initial } })).not.toThrow();
});
