import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findOperation, operationNames } from "../operations/registry.ts";
import { adviceByCode } from "./advice-by-code.ts";
import { adviceFor } from "./failure-advice.ts";

const ownWords = operationNames.map((name) => findOperation(name).advice ?? {});
const permission = (action: string, bucket = "data") => ({ action, resource: `arn:aws:s3:::${bucket}/*` });
const failure = (code: string, httpStatus: number, operation = "LambdaInvoke") => ({
  code,
  httpStatus,
  operation,
  permissions: [permission("s3:PutObjectTagging")],
});

describe("advice about a failure", () => {
  test.each([
    ["AccessDenied", 403],
    ["SomethingNew", 403],
  ])("%s %d names what the role lacks", (code, status) => {
    const { advice, lacking } = adviceFor(failure(code, status));
    expect(advice).toContain("It lacks s3:PutObjectTagging on arn:aws:s3:::data/*.");
    expect(lacking).toEqual([permission("s3:PutObjectTagging")]);
  });

  test("who may lack one of many permissions is shown them all", () => {
    const two = [permission("s3:PutObjectTagging"), permission("s3:PutObjectVersionTagging")];
    expect(adviceFor({ ...failure("AccessDenied", 403), permissions: two }).advice).toContain("s3:PutObjectTagging or s3:PutObjectVersionTagging on");
    const many = [...two, permission("s3:GetObject", "other")];
    expect(adviceFor({ ...failure("AccessDenied", 403), permissions: many })).toEqual({ advice: expect.stringContaining("at least one"), lacking: many });
    expect(adviceFor({ ...failure("AccessDenied", 403), permissions: [] }).advice).toMatch(/The message says more/);
  });

  test.each([
    ["NoSuchKey", 404, /since the list was made/],
    ["NoSuchBucket", 404, /does not exist on this connection/],
    ["PreconditionFailed", 412, /conditions/],
    ["SlowDown", 503, /called less often/],
    ["SignatureDoesNotMatch", 403, /secret key/],
    ["InvalidObjectState", 403, /Restore it first/],
    ["KMS.NotFoundException", 400, /ARN/],
    ["KMS.DisabledException", 400, /Enable it/],
    ["KMS.ThrottlingException", 400, /less often/],
    ["KMS.Whatever", 403, /key's? .*policy|its policy/],
    ["Unheard", 503, /called less often/],
    ["Unheard", 404, /does not exist/],
    ["Unheard", 405, /delete marker/],
    ["Unheard", 409, /changing/],
    ["Unheard", 412, /conditions/],
    ["Unheard", 500, /error of its own/],
    ["Unheard", 501, /does not have/],
    ["Unheard", 302, /elsewhere/],
    ["Unheard", 400, /refused/],
    ["", 0, /did not answer/],
    ["ECONNRESET", 0, /did not answer/],
    ["SELF_SIGNED_CERT_IN_CHAIN", 0, /certificate/],
    ["constructor", 418, /refused/],
  ])("%s %d", (code, status, words) => {
    const { advice, lacking } = adviceFor(failure(code, status));
    expect(advice).toMatch(words);
    expect(lacking).toEqual([]);
  });

  test("an operation's own words go before those for all", () => {
    expect(adviceFor(failure("InvalidObjectState", 403, "S3InitiateRestoreObject")).advice).toMatch(/not archived/);
    const { advice, lacking } = adviceFor(failure("AccessDenied", 403, "DeleteObject"));
    expect(advice).toMatch(/Object Lock keeps the version/);
    expect(lacking).toHaveLength(1);
    expect(adviceFor(failure("NoSuchKey", 404, "OfAnotherVersion")).advice).toMatch(/since the list was made/);
  });

  test("every operation's own words, and everybody's, are whole sentences", () => {
    const words = [adviceByCode, ...ownWords].flatMap((table) => Object.values(table));
    for (const advice of words) expect(advice).toMatch(/^[A-Z].*\.$/);
  });
});

describe("codes that Longshore makes itself", () => {
  const folders = ["lib/operations", "lib/functions", "lib/s3"];
  const files = [...folders.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`)), "worker/run-chunk.ts"];
  const sources = files.filter((name) => name.endsWith(".ts") && !/\.i?test\.ts$/.test(name)).map((name) => readFileSync(name, "utf8"));
  const made = [
    ...sources.flatMap((source) => [...source.matchAll(/\bcode(?::|\s=)(?:[^"\n]*\?\?)? "([A-Z]\w+)"/g)]),
    ...sources.flatMap((source) => [...source.matchAll(/\b(?:failure|retry)\((?:\w+, ){0,2}"([A-Z]\w+)"/g)]),
    ...sources.flatMap((source) => [...source.matchAll(/(?:\?|:) "(Function(?:Throttled|Unavailable)|RefusedBy\w+)"/g)]),
  ].map(([, code]) => code as string);
  // Of a task that succeeded, and what a proxy's answer without any words is called.
  const codes = [...new Set(made)].filter((code) => code !== "Succeeded");

  test("are found", () => {
    expect(codes).toEqual(
      expect.arrayContaining(["LockNotKept", "NotCurrentVersion", "NoParts", "FunctionThrottled", "TooManyTags", "AnswerTooLarge", "IllegalHeader"]),
    );
    expect(codes.length).toBeGreaterThan(25);
  });

  test.each(codes)("%s has advice of its own", (code) => {
    const own = ownWords.some((words) => Object.hasOwn(words, code));
    expect(own || Object.hasOwn(adviceByCode, code)).toBe(true);
  });
});
