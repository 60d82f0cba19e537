import type { CalledTask, FunctionCall, Invocation } from "./function-call.ts";
import { StepFailure, StepRetry, type Steps, type Task, type TaskFailed, type TaskOutcome, type TaskRun, type Work } from "./operation.ts";

interface FunctionRun {
  call: FunctionCall;
  /** Tasks an invocation has at most. */
  batchSize: number;
  /** What every invocation of the job says. */
  constant: Pick<Invocation, "jobId" | "schemaVersion" | "userArguments">;
}

/** Calls a function with tasks together; those that it could not do for now go again, alone, until they have had their tries. */
export const functionRun = (run: FunctionRun): TaskRun => ({ size: run.batchSize, steps: (tasks) => callWith(run, tasks) });

function* callWith({ call, constant }: FunctionRun, tasks: readonly Task[]): Steps<readonly TaskOutcome[]> {
  const called = numberRepeats(tasks);
  const done: TaskOutcome[] = [];
  /** What was said of a task that is to be tried again, for when its tries are used up. */
  const put: TaskFailed[] = [];
  let left = called.map((_, index) => index);
  let round = 0;
  const work: Work = {
    bucket: called[0]?.bucket ?? "",
    place: placeOf(call),
    work: async ({ functions }) => {
      const invocation = { ...constant, round, tasks: left.map((index) => called[index] as CalledTask) };
      const { httpStatus, results } = await functions.invoke(call, invocation);
      round += 1;
      left = left.filter((index, at) => {
        const { code, message } = results[at] ?? { code: "TemporaryFailure", message: "" };
        if (code === "Succeeded") done[index] = { kind: "succeeded", httpStatus, ...(message && { message }) };
        else {
          const failed: TaskFailed = { kind: "failed", httpStatus, code, message: message || "The function gave no reason" };
          if (code === "TemporaryFailure") put[index] = failed;
          else done[index] = failed;
        }
        return done[index] === undefined;
      });
      if (left.length > 0)
        throw new StepRetry({ away: false, httpStatus, code: "TemporaryFailure", message: "The function asked to be called again for some tasks" });
      return { httpStatus, headers: {}, body: "" };
    },
    answers: ({ functions }) => functions.answers(call),
  };
  try {
    yield work;
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    const { outcome } = error;
    for (const index of left) done[index] = (outcome.code === "TemporaryFailure" && put[index]) || outcome;
  }
  return done;
}

/** Invocations of one function share how many there may be at once; those of one host too, whatever its paths. */
export const placeOf = (call: FunctionCall): string => `function:${call.kind === "lambda" ? call.functionArn : new URL(call.url).host}`;

function numberRepeats(tasks: readonly Task[]): CalledTask[] {
  const seen = new Map<string, number>();
  return tasks.map((task) => {
    const name = `${task.key}\n${task.versionId ?? ""}`;
    const repeat = seen.get(name) ?? 0;
    seen.set(name, repeat + 1);
    return { ...task, repeat };
  });
}
