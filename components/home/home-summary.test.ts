import { expect, test } from "vitest";
import { homeSummary } from "./home-summary.ts";

const home = (awaiting: number, running: number, mayConfirm = true, sentBack = 0) => ({
  mayConfirm,
  awaiting: { jobs: [], more: false, total: awaiting },
  sentBack: { jobs: [], more: false, total: sentBack },
  running: { jobs: [], more: false, total: running },
  start: null,
});

test.each([
  [home(0, 0), "Nothing needs you, and no job is under way."],
  [home(1, 0), "1 job awaits your confirmation."],
  [home(2, 0, false), "2 jobs await a reviewer."],
  [home(0, 1), "1 job is under way."],
  [home(0, 1200), "1,200 jobs are under way."],
  [home(3, 1), "3 jobs await your confirmation and 1 is under way."],
  [home(0, 0, false, 1), "1 job was sent back to you."],
  [home(2, 1200, false, 3), "3 jobs were sent back to you, 2 await a reviewer, and 1,200 are under way."],
])("%j", (given, sentence) => expect(homeSummary(given)).toBe(sentence));

test("whoever has no job yet is told what one is", () =>
  expect(homeSummary({ ...home(0, 0), start: { connections: 0, roles: 0, sample: false } })).toMatch(/^One operation on every object/));
