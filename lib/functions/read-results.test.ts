import fc from "fast-check";
import { expect, it } from "vitest";
import { readResults } from "./read-results.ts";

const asked = { invocationId: "invocation", taskIds: ["one", "two"] };
const read = (answer: unknown) => readResults(typeof answer === "string" ? answer : JSON.stringify(answer), asked);
const succeeded = (taskId: string, resultString?: unknown) => ({ taskId, resultCode: "Succeeded", resultString });
const missing = { code: "TemporaryFailure", message: "The answer does not name this task" };

it("reads a result for each task, in whatever order they come", () => {
  const answer = {
    invocationSchemaVersion: "1.0",
    treatMissingKeysAs: "PermanentFailure",
    invocationId: "invocation",
    results: [{ taskId: "two", resultCode: "PermanentFailure", resultString: "no such colour" }, succeeded("one", '["Mary", "John"]')],
  };
  expect(read(answer)).toEqual({
    results: [
      { code: "Succeeded", message: '["Mary", "John"]' },
      { code: "PermanentFailure", message: "no such colour" },
    ],
  });
});

it.each([
  ["nothing", "", "The answer is empty, where one in JSON was due"],
  ["a word", "OK", "The answer is not JSON"],
  ["half of it", '{"results":[', "The answer is not JSON"],
  ["null", "null", "The answer is no JSON object"],
  ["a list", "[]", "The answer is no JSON object"],
  ["no results", {}, "The answer has no list of results"],
  ["results that are no list", { results: { one: "Succeeded" } }, "The answer has no list of results"],
  ["another invocation's", { invocationId: "other", results: [] }, "The answer's invocationId is another invocation's"],
])("%s is no answer", (_name, answer, problem) => expect(read(answer)).toEqual({ problem }));

it.each([
  [undefined, "TemporaryFailure"],
  ["TemporaryFailure", "TemporaryFailure"],
  ["PermanentFailure", "PermanentFailure"],
  ["Succeeded", "Succeeded"],
  ["Nonsense", "TemporaryFailure"],
  [{ toString: "Succeeded" }, "TemporaryFailure"],
])("treats what is missing as %j says", (treatMissingKeysAs, code) => {
  expect(read({ treatMissingKeysAs, results: [succeeded("two")] })).toEqual({
    results: [
      { ...missing, code },
      { code: "Succeeded", message: "" },
    ],
  });
});

it.each([
  ["other tasks", [succeeded("three"), succeeded("__proto__")], missing],
  ["what is no result", [null, 7, "one", [], { resultCode: "Succeeded" }, { taskId: 1, resultCode: "Succeeded" }], missing],
  ["the same twice", [succeeded("one", "a"), succeeded("one", "b")], { code: "Succeeded", message: "a" }],
  [
    "two results",
    [succeeded("one"), { taskId: "one", resultCode: "TemporaryFailure" }, succeeded("one")],
    { code: "PermanentFailure", message: "The answer names this task more than once, with different results" },
  ],
  [
    "a result of its own making",
    [{ taskId: "one", resultCode: "Fine" }],
    { code: "PermanentFailure", message: "The result's resultCode is none of Succeeded, TemporaryFailure, PermanentFailure" },
  ],
  ["an object for a text", [succeeded("one", { a: [1] })], { code: "Succeeded", message: '{"a":[1]}' }],
  ["control characters", [succeeded("one", "\u0000 a\r\n\u001b[31mb\u0085c\ud800")], { code: "Succeeded", message: "a [31mb c\ufffd" }],
  ["a long text", [succeeded("one", "x".repeat(100_000))], { code: "Succeeded", message: "x".repeat(1_024) }],
])("%s", (_name, results, expected) => expect(read({ results })).toMatchObject({ results: [expected, missing] }));

it("is not brought down by what is nested without end", () => {
  const nested = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const found = read(`{"results":[{"taskId":"one","resultCode":"Succeeded","resultString":${nested}}]}`);
  expect(found).toMatchObject({ results: [{ code: "Succeeded" }, missing] });
});

it("gives each task one result, or says what is wrong, whatever the answer", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc
          .record({ results: fc.array(fc.record({ taskId: fc.constantFrom("one", "two", "x"), resultCode: fc.anything(), resultString: fc.anything() })) })
          .map((answer) => JSON.stringify(answer, (_, value) => (typeof value === "bigint" ? 0 : value))),
      ),
      (text) => {
        const found = readResults(text, asked);
        if ("problem" in found) expect(found.problem).not.toBe("");
        else {
          expect(found.results).toHaveLength(2);
          for (const { code, message } of found.results) {
            expect(["Succeeded", "TemporaryFailure", "PermanentFailure"]).toContain(code);
            expect(message).not.toMatch(/\p{Cc}/u);
          }
        }
      },
    ),
  );
});
