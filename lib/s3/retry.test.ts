import { expect, it } from "vitest";
import { givesUp, maxAttempts, retryDelay } from "./retry.ts";

it.each([
  [1, 0.999, 199],
  [2, 0.999, 399],
  [5, 0.5, 1600],
  [30, 0.999, 19_980],
  [3, 0, 0],
])("attempt %i with chance %f waits %i ms", (attempt, random, delay) => expect(retryDelay(attempt, random)).toBe(delay));

it.each([
  ["an answer, few attempts", maxAttempts - 1, 503, 100, 0, false],
  ["an answer, all attempts", maxAttempts, 503, 100, 0, true],
  ["no answer, and none to anybody since", maxAttempts, 0, 50, 100, false],
  ["no answer, long after, and none to anybody", 1_000, 0, 0, 100, false],
  ["no answer while others get one", maxAttempts, 0, 150, 100, true],
])("%s", (_name, attempt, status, lastAnswerAt, firstSentAt, gives) => expect(givesUp(attempt, status, lastAnswerAt, firstSentAt)).toBe(gives));
