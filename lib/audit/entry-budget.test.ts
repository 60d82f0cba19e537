import { expect, test } from "vitest";
import { EntryBudget } from "./entry-budget.ts";

test("so many in a minute are written, and the others told with the next", () => {
  const budget = new EntryBudget(2, 1000);
  expect([0, 1, 2, 999].map((now) => budget.take(now))).toEqual([
    { write: true, unlisted: 0 },
    { write: true, unlisted: 0 },
    { write: false, unlisted: 0 },
    { write: false, unlisted: 0 },
  ]);
  expect([1000, 1001, 1002].map((now) => budget.take(now))).toEqual([
    { write: true, unlisted: 2 },
    { write: true, unlisted: 0 },
    { write: false, unlisted: 0 },
  ]);
});
