import { expect, it } from "vitest";
import { countsAsAttempt, retryDelay } from "./retry.ts";

it.each([
  [1, 0.999, 199],
  [2, 0.999, 399],
  [5, 0.5, 1600],
  [30, 0.999, 19_980],
  [3, 0, 0],
])("attempt %i with chance %f waits %i ms", (attempt, random, delay) => expect(retryDelay(attempt, random)).toBe(delay));

it.each([
  ["an answer", false, 100, 200, true],
  ["no answer, and none to anybody since", true, 50, 100, false],
  ["no answer while others get one", true, 150, 100, true],
])("%s", (_name, away, lastAnswerAt, sentAt, counts) => expect(countsAsAttempt(away, lastAnswerAt, sentAt)).toBe(counts));
