import { describe, expect, it } from "vitest";
import { demandPreflight } from "./demand-preflight.ts";
import type { FindingState, Preflight } from "./preflight.ts";

const at = "2026-03-01T10:00:00.000Z";
const found = (...states: FindingState[]): Preflight => ({
  checkedAt: at,
  findings: states.map((state) => ({ check: "report", state, message: `It is ${state}.` })),
  bytes: null,
  samples: [],
});

describe("a confirmation", () => {
  it.each([
    ["that is too early", null, undefined, "Conflict: Longshore is still checking"],
    ["that is too early, whatever it says", null, at, "Conflict: Longshore is still checking"],
    ["where all is well", found("ok"), undefined, null],
    ["where all is well, and that says so", found("ok"), at, null],
    ["in spite of a warning", found("warning", "unknown"), undefined, null],
    ["in spite of an error unseen", found("error"), undefined, "Conflict: The checks of this job found errors: It is error."],
    ["by a client that shows nothing", found("error", "ok"), null, "Conflict: The checks of this job found errors: It is error."],
    ["in spite of an error seen", found("error", "ok"), at, "in spite of an error of its checks"],
    ["in spite of two", found("error", "error"), at, "in spite of 2 errors of its checks"],
    ["in spite of the errors of another time", found("error"), "2026-03-01T09:00:00.000Z", "Conflict: The job was checked again"],
  ])("%s", (_words, preflight, acknowledgedPreflight, outcome) => {
    const confirm = () => {
      try {
        return demandPreflight(preflight, { acknowledgedPreflight });
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        return `${code}: ${message}`;
      }
    };
    if (outcome === null) expect(confirm()).toBeNull();
    else expect(confirm()).toContain(outcome);
  });
});
