import { describe, expect, it } from "vitest";
import type { TrialResult } from "../operations/operation.ts";
import { isCephRequestId, judgeTrials } from "./judge-trials.ts";

const tried = (verdict: TrialResult["verdict"], more: Partial<TrialResult> = {}): TrialResult => ({
  right: "Write to b",
  verdict,
  message: "As it says.",
  ...more,
});

describe("what was tried", () => {
  it.each<[string, TrialResult[], boolean, string, string]>([
    ["allowed", [tried("allowed"), tried("allowed")], false, "ok", "the role may do it"],
    [
      "allowed, with something left behind",
      [tried("allowed"), tried("allowed", { leftBehind: true, message: "An upload was left." })],
      false,
      "warning",
      "An upload was left.",
    ],
    ["refused for all", [tried("refused"), tried("refused")], false, "error", "Write to b: As it says."],
    ["refused for some", [tried("allowed"), tried("refused")], false, "warning", "for 1 of 2 objects that were tried"],
    ["not refused", [tried("not refused")], false, "ok", "as far as a request for an object that is not there can tell"],
    ["not refused by a store that hides rights", [tried("not refused")], true, "unknown", "not checked"],
    ["refused by a store that hides rights", [tried("refused")], true, "error", "As it says."],
    ["unknown for one", [tried("allowed"), tried("unknown")], false, "unknown", "not checked. As it says."],
  ])("%s", (_words, results, hidesRights, state, words) => {
    expect(judgeTrials(results, { hidesRights })).toMatchObject([{ check: "rights", state, message: expect.stringContaining(words) }]);
  });

  it("is one finding for each right", () => {
    const findings = judgeTrials([tried("allowed"), tried("refused", { right: "Change tags in a" }), tried("allowed")], { hidesRights: false });
    expect(findings.map(({ state }) => state)).toEqual(["ok", "error"]);
  });
});

it.each([
  ["tx00000a1b2c3d4e5f6a7b8-0065a1b2c3-1037-default", true],
  ["tx00000000000000000000a-00654bd2a1-10aa-default", true],
  ["4442587FB7D0A2F9", false],
  ["tx", false],
  [undefined, false],
])("the request id %s is Ceph's: %s", (id, ceph) => expect(isCephRequestId(id)).toBe(ceph));
