import { describe, expect, it } from "vitest";
import { judgeBytes, judgeObjects } from "./judge-objects.ts";
import type { SampledObject } from "./preflight.ts";

const seen: SampledObject = { task: { bucket: "b", key: "k" }, bytes: 3, change: { before: [], after: [] }, failure: null };
const failed = (httpStatus: number, code = "Code"): SampledObject => ({
  task: { bucket: "b", key: `${httpStatus}` },
  bytes: null,
  change: null,
  failure: { httpStatus, code, message: "words" },
});

describe("of the objects that were looked at", () => {
  it.each<[string, SampledObject[], boolean, [string, string][]]>([
    ["none", [], true, [["unknown", "No object could be looked at"]]],
    ["all are well", [seen, seen], true, [["ok", "All 2 objects that were looked at can be read"]]],
    ["the one is well", [seen], true, [["ok", "The one object that was looked at can be read"]]],
    ["some are missing", [seen, failed(404)], true, [["warning", "1 of 2 objects that were looked at cannot be found (404 Code), such as s3://b/404"]]],
    ["all are missing", [failed(404), failed(404)], true, [["error", "All 2 objects that were looked at cannot be found"]]],
    ["all are refused, and the job reads them", [failed(403), failed(403)], true, [["error", "may not be read by the role"]]],
    ["all are refused, and the job does not read them", [failed(403), failed(403)], false, [["unknown", "The job does not need it"]]],
    ["nobody answers", [failed(0), failed(503)], true, [["unknown", "did not answer for 2 of 2"]]],
    ["one is archived", [seen, failed(400, "InvalidObjectState")], true, [["warning", "400 InvalidObjectState: words"]]],
    [
      "one is missing and one is refused",
      [seen, failed(404), failed(403)],
      true,
      [
        ["warning", "1 of 3 objects that were looked at cannot be found"],
        ["warning", "1 of 3 objects that were looked at may not be read"],
      ],
    ],
  ])("%s", (_words, samples, reads, expected) => {
    const findings = judgeObjects(samples, reads);
    expect(findings.map(({ state }) => state)).toEqual(expected.map(([state]) => state));
    for (const [index, [, words]] of expected.entries()) expect(findings[index]?.message).toContain(words);
  });
});

it.each<[string, (number | null)[], number | null, number, ReturnType<typeof judgeBytes>]>([
  ["what the list says", [1], 1_000, 10, { total: 1_000, about: false }],
  ["the sum, of a sample that is all", [1, 2], null, 2, { total: 3, about: false }],
  ["a guess, of a sample that is not", [1, 2], null, 1_000, { total: 1_500, about: true }],
  ["a guess by those that are known", [null, 4], null, 10, { total: 40, about: true }],
  ["nothing, where no size is known", [null, null], null, 10, null],
])("the bytes of all objects are %s", (_words, sizes, listed, rows, expected) => {
  expect(
    judgeBytes(
      sizes.map((bytes) => ({ bytes })),
      listed,
      rows,
    ),
  ).toEqual(expected);
});
