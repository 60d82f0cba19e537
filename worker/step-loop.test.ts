import { expect, it } from "vitest";
import { logScope } from "#lib/log-scope.ts";
import type { EngineContext } from "./engine-context.ts";
import { runNextStep } from "./step-loop.ts";

function start() {
  const lines: unknown[] = [];
  const settled: string[] = [];
  const boss = {
    fetch: async () => [{ id: "item", data: { jobId: "job" }, retryCount: 2 }],
    touch: async () => ({}),
    complete: async () => settled.push("complete"),
    fail: async () => settled.push("fail"),
  };
  return { lines, settled, ctx: { log: { error: (line: unknown) => lines.push(line) }, boss } as unknown as EngineContext };
}

it("names the job and the queue in whatever is logged in a step, later in it too", async () => {
  const { ctx } = start();
  const seen: unknown[] = [];
  await runNextStep(ctx, "report", async () => {
    seen.push(logScope());
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(logScope());
    return "done";
  });
  expect(seen).toEqual([
    { queue: "report", jobId: "job" },
    { queue: "report", jobId: "job" },
  ]);
  expect(logScope()).toBeUndefined();
});

it("names them in what it says of a step that failed, which is tried again", async () => {
  const { ctx, lines, settled } = start();
  await runNextStep(ctx, "report", () => Promise.reject(new Error("no")));
  expect(lines).toEqual([{ queue: "report", jobId: "job", attempt: 2, error: "no" }]);
  expect(settled).toEqual(["fail"]);
});
