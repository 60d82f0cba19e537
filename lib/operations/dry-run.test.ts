import { expect, it } from "vitest";
import { describeChange, readingOnly } from "./dry-run.ts";

const tags = (value: string) => ({ name: "Tags", value });

it.each([
  [{ before: [tags("a = 1")], after: [tags("b = 2")] }, "Would change Tags: a = 1 → b = 2"],
  [{ before: [tags("a = 1")], after: [tags("a = 1")] }, "Nothing would change"],
  [{ before: [tags("a")], after: [] }, "Would change Tags: a → none"],
  [
    { before: [tags("a"), { name: "Size", value: "1" }], after: [tags("b"), { name: "Size", value: "1" }, { name: "Class", value: "X" }] },
    "Would change Tags: a → b; Class: none → X",
  ],
])("%j reads %s", (change, words) => expect(describeChange(change)).toBe(words));

it.each([
  ["s3:PutObjectTagging", ["s3:GetObjectTagging"]],
  ["s3:DeleteObjectVersion", ["s3:GetObjectVersion"]],
  ["s3:PutObject", ["s3:GetObject"]],
  ["s3:RestoreObject", ["s3:GetObject"]],
  ["s3:ListBucket", ["s3:ListBucket"]],
  ["s3:BypassGovernanceRetention", []],
  ["lambda:InvokeFunction", []],
])("in place of %s a dry run needs %j", (action, reading) => {
  expect(readingOnly([{ action, resource: "r" }])).toEqual(reading.map((one) => ({ action: one, resource: "r" })));
});
