import { expect, it, test } from "vitest";
import { noRules } from "#lib/confirmation/rules.ts";
import { draftOf, overError, rulesOfDraft, sameRules } from "./policy-draft.ts";

test.each([noRules, { notByCreator: true, twoForIrreversible: true, twoForObjectsOver: 1 }, { ...noRules, twoForObjectsOver: 20_000_000_000 }])(
  "%j comes out of the form as it went in",
  (rules) => {
    expect(rulesOfDraft(draftOf(rules))).toEqual(rules);
    expect(sameRules(rulesOfDraft(draftOf(rules)), rules)).toBe(true);
    expect(overError(draftOf(rules))).toBeUndefined();
  },
);

test.each([
  ["", false],
  ["0", false],
  ["1", true],
  ["1,000", true],
  ["1.5", false],
  ["20,000,000,001", false],
  ["many", false],
])("a number of %j objects is right: %j", (over, right) => {
  const draft = { ...draftOf(noRules), over };
  expect(overError(draft)).toBeUndefined();
  expect(overError({ ...draft, twoForLarge: true }) === undefined).toBe(right);
});

it("tells rules apart", () => {
  expect(sameRules(noRules, { ...noRules, twoForObjectsOver: 5 })).toBe(false);
  expect(sameRules(noRules, { ...noRules, notByCreator: true })).toBe(false);
});
