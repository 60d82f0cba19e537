import { describe, expect, test } from "vitest";
import { operations } from "../../lib/operations/registry.ts";
import { parameterRows } from "./parameter-rows.ts";

const fieldsOf = (name: string) => operations.find((operation) => operation.name === name)?.fields ?? [];
const lines = (name: string, params: unknown) => parameterRows(fieldsOf(name), params).map((row) => [row.label, ...row.lines]);

describe("parameters in words", () => {
  test("tags are one line each", () => {
    expect(
      lines("S3PutObjectTagging", {
        TagSet: [
          { Key: "team", Value: "data" },
          { Key: "old", Value: "" },
        ],
      }),
    ).toEqual([["Tags", "team = data", "old = (empty)"]]);
    expect(lines("S3PutObjectTagging", { TagSet: [] })).toEqual([["Tags", "None"]]);
  });

  test("a copy shows what was given, in the form's order, and nothing else", () => {
    expect(
      lines("S3PutObjectCopy", {
        BucketKeyEnabled: false,
        TargetResource: "arn:aws:s3:::target",
        MetadataDirective: "REPLACE",
        NewObjectMetadata: {
          ContentType: "text/plain",
          UserMetadata: { team: "data" },
        },
        AccessControlGrants: [
          {
            Grantee: { TypeIdentifier: "id", Identifier: "abc" },
            Permission: "READ",
          },
        ],
      }),
    ).toEqual([
      ["Destination bucket", "target"],
      ["Metadata", "Replace with the following"],
      ["Content-Type", "text/plain"],
      ["User metadata", "team = data"],
      ["Grants", "READ to id abc"],
      ["Use an S3 bucket key", "No"],
    ]);
  });

  test("every field of every operation finds its value's place", () => {
    expect(
      parameterRows([{ path: "A.B", label: "B", kind: "text" }], {
        A: { B: "deep" },
      })[0]?.lines,
    ).toEqual(["deep"]);
    expect(parameterRows([{ path: "constructor", label: "B", kind: "text" }], {})).toEqual([]);
  });
});
