import { expect, test } from "vitest";
import { troubleIn } from "./log-file.ts";

test.each([
  ['{"level":"info","msg":"worker ready"}', null],
  ['{"level":"warn","msg":"the queue\'s connection failed","error":"ECONNREFUSED"}', "the queue's connection failed: ECONNREFUSED"],
  ['{"level":"error","msg":"boom"}', "boom"],
  ["TypeError: x is not a function", "TypeError: x is not a function"],
  [" ⨯ Error: no", "⨯ Error: no"],
  ["    at run (file.ts:1:2)", null],
  ["Ready in 300ms", null],
  ["42", null],
])("%s", (line, words) => {
  expect(troubleIn(line)).toBe(words);
});
