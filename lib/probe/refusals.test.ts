import { describe, expect, test } from "vitest";
import { withVersionId } from "./capability.ts";
import { groupNeeds, mayNameVersions, needsOfJob } from "./needs-of-job.ts";
import { refusalsOf, unknownOf } from "./refusals.ts";
import type { ProbeResult, Verdict } from "./verdict.ts";

const result = (capability: ProbeResult["capability"], verdict: Verdict): ProbeResult => ({ capability, verdict, reason: `${verdict}.` });
const copyTo = (more: object) => ({ S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target", ...more } });
const elsewhere = { amazon: false };

describe("what a job needs of its store", () => {
  test.each([
    ["tags", { S3PutObjectTagging: { TagSet: [] } }, ["ObjectKeys", "PutObjectTagging"]],
    ["a plain copy", copyTo({}), ["ObjectKeys", "CopyObject", "CopyObjectKeys"]],
    ["a copy with new tags", copyTo({ NewObjectTagging: [] }), ["ObjectKeys", "CopyObject", "CopyObjectKeys", "GetObjectTagging", "PutObjectTagging"]],
    ["a copy under a lock", copyTo({ ObjectLockLegalHoldStatus: "ON" }), ["ObjectKeys", "CopyObject", "CopyObjectKeys", "PutObjectLegalHold"]],
  ])("for %s", (_name, Operation, capabilities) => {
    expect(needsOfJob({ Operation }, elsewhere, false)).toMatchObject([{ roleArn: null, capabilities: expect.arrayContaining(capabilities) }]);
    expect(needsOfJob({ Operation }, elsewhere, false)[0]?.capabilities.filter((one) => /Version|Retention|Acl$/.test(one))).toEqual([]);
  });

  test("has the versions' own where the list may name versions", () => {
    expect(needsOfJob({ Operation: { S3PutObjectTagging: { TagSet: [] } } }, elsewhere, true)[0]?.capabilities).toContain(withVersionId.PutObjectTagging);
  });

  test("is only reading for a dry run", () => {
    expect(needsOfJob({ Operation: { S3PutObjectTagging: { TagSet: [] } }, DryRun: true }, elsewhere, false)).toEqual([
      { roleArn: null, capabilities: ["ObjectKeys", "GetObjectTagging"] },
    ]);
  });

  test("is asked of the store of each role that is named", () => {
    expect(groupNeeds(["GetObject", { capability: "PutObject", roleArn: "other" }], true)).toEqual([
      { roleArn: null, capabilities: ["ObjectKeys", "GetObject", "GetObjectVersion"] },
      { roleArn: "other", capabilities: ["ObjectKeys", "PutObject"] },
    ]);
  });

  test("is nothing for what works on no store", () => {
    expect(groupNeeds([], true)).toEqual([]);
  });

  test("counts versions that only the list's rows show", () => {
    expect(mayNameVersions({}, [{}, { versionId: "1" }])).toBe(true);
    expect(mayNameVersions({}, [{}])).toBe(false);
  });
});

describe("a probe's results", () => {
  const results = [
    result("PutObjectTagging", "refused"),
    result("CopyObject", "damages"),
    result("GetObject", "works"),
    result("PutObjectAcl", "ignored"),
    result("RestoreObject", "untried"),
  ];

  test("speak against what is done wrongly or not at all, the worst first", () => {
    const needed = ["PutObjectTagging", "CopyObject", "GetObject", "PutObjectAcl", "RestoreObject"] as const;
    expect(refusalsOf(needed, results).map(({ verdict }) => verdict)).toEqual(["damages", "ignored", "refused"]);
    expect(refusalsOf(["CopyObject"], results)[0]?.message).toBe("Copy an object (CopyObject): damages.");
  });

  test("say nothing of what was not tried, or not known then", () => {
    expect(refusalsOf(["RestoreObject", "DeleteObject"], results)).toEqual([]);
    expect(unknownOf(["RestoreObject", "DeleteObject", "GetObject"], results).map(({ capability }) => capability)).toEqual(["RestoreObject", "DeleteObject"]);
  });
});
