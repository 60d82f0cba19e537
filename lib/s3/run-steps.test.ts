import { expect, it } from "vitest";
import { StepFailure, type Steps, type TaskRequest } from "../operations/operation.ts";
import { settleAll } from "../operations/settle-all.ts";
import { runSteps, type StepsEnd } from "./run-steps.ts";
import type { Outcome, TaskSender } from "./task-sender.ts";

const request = (key: string): TaskRequest => ({ method: "DELETE", bucket: "b", key, query: {}, headers: {}, body: "" });
const done: Outcome = { kind: "succeeded", httpStatus: 204 };
const denied: Outcome = { kind: "failed", httpStatus: 403, code: "AccessDenied", message: "no" };

/** Runs steps whose requests end so, the last one first. */
function run<T>(steps: Steps<T>, outcomes: Record<string, Outcome>): StepsEnd<T> {
  const waiting: (() => void)[] = [];
  const send: TaskSender["send"] = (step, _group, ended) => void waiting.push(() => ended(outcomes["key" in step ? step.key : ""] as Outcome));
  let end: StepsEnd<T> | undefined;
  const ended = (result: StepsEnd<T>) => {
    end = result;
  };
  runSteps(steps, { send, trySend: () => false }, { cutShort: false }, ended, (error) => {
    throw error;
  }).start();
  while (waiting.length > 0) waiting.pop()?.();
  if (!end) throw new Error("did not end");
  return end;
}

function* words(keys: string[]): Steps<string[]> {
  return (yield* settleAll(keys.map(request))).map((one) => (one instanceof StepFailure ? one.outcome.code : String(one.httpStatus)));
}

it("gives each of several requests its own end, in their order", () => {
  expect(run(words(["a", "b", "c"]), { a: done, b: denied, c: done })).toEqual({ result: { value: ["204", "AccessDenied", "204"] }, cutShort: false });
  expect(run(words([]), {})).toEqual({ result: { value: [] }, cutShort: false });
});

it("does not forget that one of them was not tried as often as it should have been", () => {
  expect(run(words(["a", "b"]), { a: { ...denied, cutShort: true }, b: done })).toEqual({ result: { value: ["AccessDenied", "204"] }, cutShort: true });
});

it("fails with the first of a plain list that failed", () => {
  function* list(): Steps<number> {
    return (yield [request("a"), request("b")]).length;
  }
  expect(run(list(), { a: done, b: denied })).toEqual({ result: { failure: denied }, cutShort: false });
  expect(run(list(), { a: done, b: done })).toEqual({ result: { value: 2 }, cutShort: false });
});
