import { describe, expect, it } from "vitest";
import { findOperation, operations } from "#lib/operations/registry.ts";
import { type FormValues, formIssues, initialValues, isFilled, paramsOf } from "./form-values.ts";

const copy = findOperation("S3PutObjectCopy");
const tagging = findOperation("S3PutObjectTagging");

describe("initialValues", () => {
  it("starts the tagging form with one empty row, which has to be filled in or removed", () => {
    const values = initialValues(tagging);
    expect(values).toEqual({ TagSet: [{ Key: "", Value: "" }] });
    expect(tagging.schema.safeParse(paramsOf(tagging, values)).success).toBe(false);
  });
});

describe("paramsOf", () => {
  it("leaves empty values out, but keeps the required one", () => {
    const values: FormValues = {
      TargetResource: "",
      TargetKeyPrefix: "",
      StorageClass: "",
      NewObjectTagging: [],
      RequesterPays: false,
      AccessControlGrants: [],
    };
    expect(paramsOf(copy, values)).toEqual({ TargetResource: "" });
  });

  it("builds every kind of parameter at its path", () => {
    const values: FormValues = {
      TargetResource: "s3://archive/",
      TargetKeyPrefix: " a/",
      StorageClass: "STANDARD_IA",
      ModifiedSinceConstraint: "2026-01-01T00:00:00.000Z",
      MetadataDirective: "REPLACE",
      "NewObjectMetadata.ContentType": "text/plain",
      "NewObjectMetadata.UserMetadata": [{ key: "team", value: "" }],
      NewObjectTagging: [{ Key: "a", Value: "b" }],
      AccessControlGrants: [{ type: "id", identifier: "abc", permission: "READ" }],
      RequesterPays: true,
    };
    const params = paramsOf(copy, values);
    expect(params).toEqual({
      TargetResource: "arn:aws:s3:::archive",
      TargetKeyPrefix: " a/",
      StorageClass: "STANDARD_IA",
      ModifiedSinceConstraint: "2026-01-01T00:00:00.000Z",
      MetadataDirective: "REPLACE",
      NewObjectMetadata: { ContentType: "text/plain", UserMetadata: { team: "" } },
      NewObjectTagging: [{ Key: "a", Value: "b" }],
      AccessControlGrants: [{ Grantee: { TypeIdentifier: "id", Identifier: "abc" }, Permission: "READ" }],
      RequesterPays: true,
    });
    expect(copy.schema.safeParse(params).success).toBe(true);
  });

  it("makes a list of lines, without those that are empty", () => {
    const merge = findOperation("MergeObjectTagging");
    expect(paramsOf(merge, { RemoveKeys: "old\r\n\n a b \n" })).toEqual({ RemoveKeys: ["old", " a b "] });
    expect(paramsOf(merge, { RemoveKeys: "\n" })).toEqual({});
  });

  it("leaves out what is hidden, though it was typed", () => {
    const values: FormValues = { TargetResource: "archive", MetadataDirective: "COPY", "NewObjectMetadata.ContentType": "text/plain" };
    expect(paramsOf(copy, values)).toEqual({ TargetResource: "arn:aws:s3:::archive", MetadataDirective: "COPY" });
  });
});

describe("formIssues", () => {
  it("names a bucket that is none", () => {
    expect(formIssues(copy, { TargetResource: "my bucket" })).toEqual([expect.objectContaining({ path: "TargetResource" })]);
  });
  it("names map rows that would be swallowed", () => {
    const values: FormValues = {
      MetadataDirective: "REPLACE",
      "NewObjectMetadata.UserMetadata": [
        { key: "Team", value: "1" },
        { key: "team", value: "2" },
        { key: "", value: "3" },
      ],
    };
    expect(formIssues(copy, values).map((issue) => issue.path)).toEqual(["NewObjectMetadata.UserMetadata#1", "NewObjectMetadata.UserMetadata#2"]);
    expect(formIssues(copy, { ...values, MetadataDirective: "COPY" })).toEqual([]);
  });
  it("lets names differ in case alone where that makes them two", () => {
    const named = (...keys: string[]) => formIssues(findOperation("InvokeWebhook"), { UserArguments: keys.map((key) => ({ key, value: "" })) });
    expect(named("Size", "size")).toEqual([]);
    expect(named("size", "size").map((issue) => issue.path)).toEqual(["UserArguments#1"]);
  });
});

it("every field of every operation has its own path and options where it is a select", () => {
  for (const operation of operations) {
    const paths = operation.fields.map((field) => field.path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const field of operation.fields) expect(field.kind !== "select" || (field.options?.length ?? 0) > 0).toBe(true);
  }
});

it("isFilled knows empty values", () => {
  const field = { path: "a", label: "A", kind: "text" } as const;
  const empty: FormValues[] = [{}, { a: "" }, { a: false }, { a: [] }];
  expect(empty.some((values) => isFilled(field, values))).toBe(false);
  expect(isFilled(field, { a: "x" })).toBe(true);
});

it("tells a time that has passed at its field", () => {
  const retention = findOperation("S3PutObjectRetention");
  const values: FormValues = { "Retention.Mode": "COMPLIANCE", "Retention.RetainUntilDate": "2030-01-01T00:00:00.000Z" };
  expect(formIssues(retention, values, Date.parse("2030-01-01T00:00:00Z"))).toEqual([
    { path: "Retention.RetainUntilDate", message: "This time has passed: choose a later one" },
  ]);
  expect(formIssues(retention, values, Date.parse("2029-12-31T23:59:59Z"))).toEqual([]);
});
