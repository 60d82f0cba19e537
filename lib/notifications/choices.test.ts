import { expect, test } from "vitest";
import { readChoices, usualChoices, wants } from "./choices.ts";

test("whoever chose nothing is told by the browser what is their concern, and by no mail", () => {
  expect(usualChoices("reviewer").browser.awaiting).toBe("all");
  expect(usualChoices("operator").browser).toEqual({ awaiting: "off", sentBack: "mine", paused: "mine", finished: "mine", failed: "mine" });
  for (const role of ["viewer", "operator", "reviewer", "admin"] as const) expect(new Set(Object.values(usualChoices(role).email))).toEqual(new Set(["off"]));
});

test("a choice that cannot be read counts as none", () => {
  const chosen = {
    browser: usualChoices("viewer").browser,
    email: { awaiting: "all", sentBack: "all", paused: "all", finished: "mine", failed: "off" },
  } as const;
  expect(readChoices(chosen, "viewer")).toEqual(chosen);
  expect(readChoices({ browser: chosen.browser, email: { awaiting: "sometimes" } }, "viewer")).toEqual(usualChoices("viewer"));
  for (const unreadable of ["all", ["all"], { nothing: "all" }])
    expect(readChoices({ browser: unreadable, email: chosen.email }, "viewer")).toEqual(usualChoices("viewer"));
  expect(readChoices(null, "admin")).toEqual(usualChoices("admin"));
});

test("an event that came after the choice is told as usual, and the choice stays", () => {
  const { paused: _, ...browser } = { ...usualChoices("viewer").browser, failed: "all" };
  expect(readChoices({ browser, email: {} }, "viewer")).toEqual({ browser: { ...browser, paused: "mine" }, email: usualChoices("viewer").email });
});

test.each([
  ["off", true, false],
  ["mine", true, true],
  ["mine", false, false],
  ["all", false, true],
] as const)("%s, of one's own job: %s, is told: %s", (scope, mine, told) =>
  expect(wants({ ...usualChoices("viewer").email, failed: scope }, "failed", mine)).toBe(told),
);
