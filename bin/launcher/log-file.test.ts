import { expect, test } from "vitest";
import { lastWords, troubleIn } from "./log-file.ts";

test.each([
  ['{"level":"info","msg":"worker ready"}', null],
  ['{"level":"warn","msg":"the queue\'s connection failed","error":"ECONNREFUSED"}', "the queue's connection failed: ECONNREFUSED"],
  ['{"level":"error","msg":"boom"}', "boom"],
  ['{"level":"fatal","msg":"the process ends","err":{"message":"Settings are missing"}}', "the process ends: Settings are missing"],
  ['{"level":"error","msg":"no database","err":{"message":"no database"}}', "no database"],
  ["TypeError: x is not a function", "TypeError: x is not a function"],
  [" ⨯ Error: no", "⨯ Error: no"],
  ["    at run (file.ts:1:2)", null],
  ["Ready in 300ms", null],
  ["42", null],
])("%s", (line, words) => {
  expect(troubleIn(line)).toBe(words);
});

test("a process's last words are its error without the stack", () => {
  const lines = [
    "ready",
    "file.ts:3",
    "    throw new Error(x)",
    "    ^",
    "Error: Settings are missing:",
    "  LONGSHORE_URL: Invalid URL",
    "    at f (a.ts:1:1)",
    "Node.js v24",
  ];
  expect(lastWords(lines)).toBe("Error: Settings are missing:\n  LONGSHORE_URL: Invalid URL");
  expect(lastWords(["one", "The port is taken."])).toBe("one\nThe port is taken.");
});
