import { describe, expect, it } from "vitest";
import type { CallResult, FunctionCaller, Invocation } from "./function-call.ts";
import { functionRun, placeOf } from "./function-run.ts";
import { functionName } from "./lambda-invoke.ts";
import { StepFailure, StepRetry, type TaskOutcome, type Work, type WorkTools } from "./operation.ts";
import { findOperation, jobOperationSchema } from "./registry.ts";

const wrong = (operation: unknown): string[] =>
  jobOperationSchema.safeParse(operation).error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
const arn = "arn:aws:lambda:us-east-1:123456789012:function:resize";

it.each([
  { LambdaInvoke: { FunctionArn: arn } },
  { LambdaInvoke: { FunctionArn: `${arn}:$LATEST`, InvocationSchemaVersion: "1.0" } },
  { LambdaInvoke: { FunctionArn: "resize", InvocationSchemaVersion: "2.0", UserArguments: many(10), BatchSize: 1_000 } },
])("%j stays as it was asked for", (operation) => expect(jobOperationSchema.parse(operation)).toEqual(operation));

it("gives a webhook the usual batches and time", () =>
  expect(jobOperationSchema.parse({ InvokeWebhook: { Url: "https://h.example/" } })).toEqual({
    InvokeWebhook: { Url: "https://h.example/", BatchSize: 100, TimeoutSeconds: 60 },
  }));

it.each([
  [{ LambdaInvoke: {} }, "LambdaInvoke.FunctionArn"],
  [{ LambdaInvoke: { FunctionArn: "" } }, "LambdaInvoke.FunctionArn: Enter the function's ARN"],
  [{ LambdaInvoke: { FunctionArn: "arn:aws:s3:::bucket" } }, "LambdaInvoke.FunctionArn: must be a function's ARN"],
  [{ LambdaInvoke: { FunctionArn: arn, InvocationSchemaVersion: "3.0" } }, "LambdaInvoke.InvocationSchemaVersion: is 1.0 or 2.0"],
  [{ LambdaInvoke: { FunctionArn: arn, UserArguments: many(1) } }, "LambdaInvoke.UserArguments: User arguments are for the invocation schema 2.0"],
  [{ InvokeWebhook: { Url: "" } }, "InvokeWebhook.Url: Enter the receiver's URL"],
  [{ InvokeWebhook: { Url: "https://user:pass@h/" } }, "InvokeWebhook.Url: Leave user and password out"],
  [{ InvokeWebhook: { Url: "https://h", UserArguments: many(11) } }, "InvokeWebhook.UserArguments: At most 10 arguments"],
  [{ InvokeWebhook: { Url: "https://h", UserArguments: {} } }, "InvokeWebhook.UserArguments: Give at least one argument"],
  [{ InvokeWebhook: { Url: "https://h", UserArguments: { k: "v".repeat(1_025) } } }, "InvokeWebhook.UserArguments.k: An argument's value has at most 1,024"],
  [{ InvokeWebhook: { Url: "https://h", UserArguments: { ["k".repeat(65)]: "v" } } }, "An argument's name has at most 64"],
  [{ InvokeWebhook: { Url: "https://h", BatchSize: 0 } }, "InvokeWebhook.BatchSize: is 1 at least"],
  [{ InvokeWebhook: { Url: "https://h", BatchSize: 1_001 } }, "InvokeWebhook.BatchSize: is 1,000 at most"],
  [{ InvokeWebhook: { Url: "https://h", TimeoutSeconds: 901 } }, "InvokeWebhook.TimeoutSeconds: is 900 seconds"],
])("refuses %j", (operation, message) => expect(wrong(operation).join()).toContain(message));

it.each([
  [arn, "resize"],
  [`${arn}:live`, "resize:live"],
  ["us-east-1:123456789012:resize", "resize"],
  ["resize", "resize"],
])("calls %s %s", (text, name) => expect(functionName(text)).toBe(name));

it("keeps one host's invocations together, and Lambda's by function", () => {
  expect(placeOf({ kind: "webhook", url: "https://h.example:8443/a?b", timeoutSeconds: 1 })).toBe("function:h.example:8443");
  expect(placeOf({ kind: "lambda", functionArn: arn })).toBe(`function:${arn}`);
});

it("tells the reviewer who is called, and that it may be called again", () => {
  const { operation, params } = { operation: findOperation("InvokeWebhook"), params: { Url: "https://h.example/a?token", BatchSize: 100, TimeoutSeconds: 60 } };
  expect(operation.describe(params)).toBe("Call h.example/a, with up to 100 objects at a time");
  expect(operation.warning(params)).toContain("more than once");
});

describe("tasks that go together", () => {
  const call = { kind: "webhook", url: "https://h.example/", timeoutSeconds: 1 } as const;
  const tasks = ["a", "b", "a"].map((key) => ({ bucket: "data", key }));
  const result = (code: CallResult["code"], message = ""): CallResult => ({ code, message });

  /** Takes the steps as the engine does, with three tries. */
  async function outcomes(answers: (CallResult[] | Error)[]): Promise<{ outcomes: readonly TaskOutcome[]; invocations: Invocation[] }> {
    const invocations: Invocation[] = [];
    const functions: Pick<FunctionCaller, "invoke"> = {
      invoke: async (_call, invocation) => {
        const answer = answers[invocations.push(invocation) - 1] ?? [];
        if (answer instanceof Error) throw answer;
        return { httpStatus: 200, results: answer };
      },
    };
    const run = functionRun({ call, batchSize: 10, constant: { jobId: "job", schemaVersion: "2.0", userArguments: null } });
    if (!("size" in run)) throw new Error("goes alone");
    const steps = run.steps(tasks);
    const work = steps.next().value as Work;
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await work.work({ functions } as unknown as WorkTools, new AbortController().signal);
        const { value, done } = steps.next(answer as never);
        if (done) return { outcomes: value, invocations };
      } catch (error) {
        if (error instanceof StepRetry && tries < 3) continue;
        const failure = error instanceof StepRetry ? { kind: "failed" as const, ...error.verdict } : (error as StepFailure).outcome;
        const { value, done } = steps.throw(new StepFailure(failure));
        if (done) return { outcomes: value, invocations };
      }
    }
  }

  it("end each with its own result, rows that name the same object too", async () => {
    const { outcomes: ended, invocations } = await outcomes([[result("Succeeded", "one"), result("PermanentFailure", "two"), result("Succeeded")]]);
    expect(ended).toEqual([
      { kind: "succeeded", httpStatus: 200, message: "one" },
      { kind: "failed", httpStatus: 200, code: "PermanentFailure", message: "two" },
      { kind: "succeeded", httpStatus: 200 },
    ]);
    expect(invocations[0]?.tasks.map(({ key, repeat }) => [key, repeat])).toEqual([
      ["a", 0],
      ["b", 0],
      ["a", 1],
    ]);
  });

  it("go again without those that are done; an answer makes the next one another round, and none does not", async () => {
    const { outcomes: ended, invocations } = await outcomes([
      [result("Succeeded"), result("TemporaryFailure", "wait"), result("TemporaryFailure", "wait")],
      new StepRetry({ away: true, httpStatus: 503, code: "ServiceUnavailable", message: "503" }),
      [result("Succeeded"), result("PermanentFailure", "no")],
    ]);
    expect(ended.map((outcome) => outcome.kind)).toEqual(["succeeded", "succeeded", "failed"]);
    expect(invocations.map(({ round, tasks: called }) => [round, called.map(({ key, repeat }) => `${key}${repeat}`)])).toEqual([
      [0, ["a0", "b0", "a1"]],
      [1, ["b0", "a1"]],
      [1, ["b0", "a1"]],
    ]);
  });

  it("fail as they were put off last, or as the last invocation failed", async () => {
    const put = [result("Succeeded"), result("TemporaryFailure", "wait"), result("TemporaryFailure")];
    const { outcomes: ended } = await outcomes([put, put.slice(1), put.slice(1)]);
    expect(ended).toEqual([
      { kind: "succeeded", httpStatus: 200 },
      { kind: "failed", httpStatus: 200, code: "TemporaryFailure", message: "wait" },
      { kind: "failed", httpStatus: 200, code: "TemporaryFailure", message: "The function gave no reason" },
    ]);
    const failure = { kind: "failed", httpStatus: 403, code: "RefusedByFunction", message: "no" } as const;
    expect((await outcomes([put, new StepFailure(failure)])).outcomes).toEqual([{ kind: "succeeded", httpStatus: 200 }, failure, failure]);
  });
});
