import { expect, test } from "vitest";
import { listsBucket, policyOf, readsManifest } from "./policy.ts";

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
    { Effect: "Allow", Action: ["s3:PutObject"], Resource: "arn:aws:s3:::reports/r/*" },
  ]);
});

test("a bucket that is listed is a resource of its own", () => {
  const policy = JSON.parse(policyOf({ operation: [], list: listsBucket("arn:aws:s3:::photos"), report: null }));
  expect(policy.Statement).toEqual([{ Effect: "Allow", Action: ["s3:ListBucket"], Resource: "arn:aws:s3:::photos" }]);
});

test("a job without a report needs no bucket for one", () => {
  expect(policyOf({ operation: [], list: readsManifest("arn:aws:s3:::lists/a.csv"), report: null })).not.toContain("PutObject");
});
