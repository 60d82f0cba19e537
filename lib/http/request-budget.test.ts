import { expect, test } from "vitest";
import { RequestBudget } from "./request-budget.ts";

const takes = (budget: RequestBudget, key: string, count: number, now: number): number => {
  let allowed = 0;
  for (let index = 0; index < count; index++) if (budget.take(key, now) === 0) allowed += 1;
  return allowed;
};

test("a key may make so many requests at once, and so many a second afterwards", () => {
  const budget = new RequestBudget(10, 20);
  expect(takes(budget, "a", 30, 0)).toBe(20);
  expect(takes(budget, "a", 30, 500)).toBe(5);
  expect(takes(budget, "a", 30, 1_000_000)).toBe(20);
});

test("what costs more is made less often, and a refused request costs nothing", () => {
  const budget = new RequestBudget(10, 50);
  expect([0, 0, 0].map((now) => budget.take("a", now, 20))).toEqual([0, 0, 1]);
  expect(takes(budget, "a", 30, 0)).toBe(10);
  expect(budget.take("a", 0, 50)).toBe(5);
  expect(budget.take("a", 5_000, 50)).toBe(0);
});

test("keys do not take from each other", () => {
  const budget = new RequestBudget(10, 20);
  takes(budget, "a", 30, 0);
  expect(takes(budget, "b", 30, 0)).toBe(20);
});

test("a clock that goes back gives nothing away", () => {
  const budget = new RequestBudget(10, 20);
  takes(budget, "a", 20, 10_000);
  expect(takes(budget, "a", 5, 0)).toBe(0);
  expect(takes(budget, "a", 30, 1_000)).toBe(10);
});

test("keys that were not used for long are forgotten, those in use are not", () => {
  const budget = new RequestBudget(10, 20);
  takes(budget, "busy", 20, 1_000);
  for (let index = 0; index < 2_000; index++) budget.take(`key ${index}`, 0);
  expect(takes(budget, "busy", 5, 1_000)).toBe(0);
});
