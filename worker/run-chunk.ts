import type { ChunkResult } from "#lib/jobs/complete-chunk.ts";
import { createErrorSummary } from "#lib/jobs/error-summary.ts";
import type { Steps, Task, TaskOutcome, TaskRun } from "#lib/operations/operation.ts";
import { runSteps, type StepsUnderWay } from "#lib/s3/run-steps.ts";
import type { Outcome, TaskGroup, TaskSender } from "#lib/s3/task-sender.ts";
import type { TaskBatch } from "./read-tasks.ts";
import { createResultParts, type OpenPart } from "./result-parts.ts";

/**
 * Why a chunk ends before its last row. `settle`: what ran counts, once its tasks have had all their tries, and the rest goes
 * back; `yield`: the same, but soon; `end`: the job ends, and what ran is all that will; `lost`: the chunk is somebody else's,
 * and nothing of this run is to be kept.
 */
export type Stop = "settle" | "yield" | "end" | "lost";
const urgency: readonly (Stop | null)[] = [null, "settle", "yield", "end", "lost"];

/** When a chunk yields: tasks that wait for another try get the first of the two, those that take step after step the other. What is not done by then is given back. */
const settleMs = 5_000;
const finishMs = 15_000;
/** Tasks of one chunk that are under way, those that rest between two tries included: what bounds memory. */
const maxOpen = 2_048;

const unanswered: TaskOutcome = { kind: "failed", httpStatus: 0, code: "NoResult", message: "The answer to several tasks at once did not name this one" };

export interface ChunkRun {
  /** Gives the chunk's objects in batches; `signal` ends the reading. */
  read: (signal: AbortSignal) => AsyncIterable<TaskBatch>;
  run: TaskRun;
  sender: Pick<TaskSender, "trySend" | "send" | "hurry" | "cutShort">;
  /** Where in the manifest's bytes the chunk begins. */
  start: number;
  /** Rows that may be begun: with the last of them the chunk settles. None given: all. */
  limit?: number | undefined;
  /** Calls back when a task may be sent that could not be before. @returns a function that ends that */
  onFree: (free: () => void) => () => void;
  /** Whether what the reading threw passes: what ran until then counts. */
  passes: (error: unknown) => boolean;
  openPart: OpenPart;
  /** Told of each task that has ended. */
  ended?: (task: Task, outcome: TaskOutcome) => void;
  /** Counts so far, for the progress that people see. */
  live: { succeeded: number; failed: number };
}

/** Rows that follow each other: `index` counts from the chunk's first, from 0; bytes are the manifest's, and `byteEnd` is exclusive. */
export interface Rows {
  index: number;
  rows: number;
  byteStart: number;
  byteEnd: number;
}

/** `left`: rows that were begun and are to be run again. `begun` rows end at `restAt`, where those begin that were not. */
export type ChunkEnd = Omit<ChunkResult, "rest"> & { stopped: Stop | null; left: Rows[]; begun: number; restAt: number };

export interface RunningChunkRun {
  /** @throws what the manifest or a part throws; parts are given up then. Null when the chunk was lost. */
  ended: Promise<ChunkEnd | null>;
  /** Starts no other task. A later, more urgent reason takes the place of an earlier one. */
  stop(reason: Stop): void;
}

/**
 * Manifest row → request → verdict → result row, as a stream: memory is bounded by what is under way, not by the chunk.
 * No promise is made for a task; whatever frees a place starts the next one.
 */
export function runChunk(run: ChunkRun): RunningChunkRun {
  const { live, sender, run: taskRun, limit = Number.POSITIVE_INFINITY } = run;
  const errors = createErrorSummary();
  const group: TaskGroup = { cutShort: false };
  const reading = new AbortController();
  let stopped: Stop | null = null;
  let settling: NodeJS.Timeout | null = null;
  let batch: TaskBatch | null = null;
  /** Read, and not sent yet; `nextEnd` is where the row after it begins. */
  let next: Task | null = null;
  let nextEnd = 0;
  /** Tasks that go together and are not under way yet; `end` is where the row after them begins. */
  let waiting: { tasks: Task[]; ends: number[]; steps: StepsUnderWay } | null = null;
  /** Rows that were begun, and where the one after them begins. Bytes count from the chunk's first, so that they are small numbers. */
  let begun = 0;
  let begunEnd = 0;
  const left: Rows[] = [];
  let open = 0;
  let pumping = false;
  let reachedEnd = false;
  let wantBatch: (() => void) | null = null;
  let settled: (() => void) | null = null;
  let failure: unknown;

  const fail = (error: unknown) => {
    failure ??= error;
    sender.cutShort(group);
    end();
  };
  const end = () => {
    reading.abort();
    wantBatch?.();
    if (open === 0) settled?.();
  };
  const parts = createResultParts(run.openPart, () => pump(), fail);

  const finishTask = (task: Task, outcome: Outcome, index: number, from: number, to: number) => {
    open -= 1;
    try {
      if (outcome.kind === "failed" && outcome.cutShort && (stopped === "yield" || stopped === "settle")) {
        left.push({ index, rows: 1, byteStart: run.start + from, byteEnd: run.start + to });
      } else count(task, outcome);
    } catch (error) {
      fail(error);
    }
    if (open === 0 && (reachedEnd || stopped !== null || failure !== undefined)) settled?.();
  };
  const count = (task: Task, outcome: Outcome) => {
    parts.add(task, outcome);
    live[outcome.kind] += 1;
    run.ended?.(task, outcome);
    if (outcome.kind === "failed") errors.add(outcome.code, outcome.httpStatus, { ...task, message: outcome.message });
  };

  /** Whether there is a task in `next`. Another batch is asked for when the present one is at its end. */
  const readNext = (): boolean => {
    if (next !== null) return true;
    if (batch === null) return false;
    next = batch.next();
    nextEnd = batch.end - run.start;
    if (next === null) batch = null;
    return next !== null;
  };
  const mayStart = (): boolean => stopped === null && failure === undefined && open < maxOpen && !parts.full();

  const startTasks = ({ compile, otherwise }: Extract<TaskRun, { compile: unknown }>) => {
    while (mayStart() && readNext()) {
      const task = next as Task;
      const request = compile(task);
      const [index, from, to] = [begun, begunEnd, nextEnd];
      // Before it is sent, since a task that fails at once ends in there.
      open += 1;
      const sent = sender.trySend(request, group, (outcome) => {
        const more = otherwise !== undefined && outcome.kind === "failed" && !outcome.cutShort ? otherwise(task, outcome) : null;
        if (more === null) finishTask(task, outcome, index, from, to);
        else takeSteps([task], [to], index, from, alone(more)).start();
      });
      if (!sent) {
        open -= 1;
        return;
      }
      begun += 1;
      begunEnd = nextEnd;
      next = null;
      if (begun === limit) stop("settle");
    }
  };

  /** @param ends of the tasks' rows @param index of the first of them @param from where it begins */
  const takeSteps = (tasks: readonly Task[], ends: readonly number[], index: number, from: number, steps: Steps<readonly TaskOutcome[]>): StepsUnderWay =>
    runSteps(
      steps,
      sender,
      group,
      ({ result, cutShort }) => {
        tasks.forEach((task, at) => {
          const outcome = "failure" in result ? result.failure : (result.value[at] ?? unanswered);
          finishTask(task, cutShort ? { ...outcome, cutShort } : outcome, index + at, at === 0 ? from : (ends[at - 1] as number), ends[at] as number);
        });
      },
      (error) => {
        open -= tasks.length;
        fail(error);
      },
    );

  const startGroups = ({ size, steps }: Extract<TaskRun, { size: number }>) => {
    while (mayStart()) {
      waiting ??= nextGroup(size, steps);
      if (waiting === null) return;
      const { tasks, ends } = waiting;
      open += tasks.length;
      if (!waiting.steps.tryStart()) {
        open -= tasks.length;
        return;
      }
      begun += tasks.length;
      begunEnd = ends.at(-1) as number;
      waiting = null;
      if (begun === limit) stop("settle");
    }
  };
  const nextGroup = (size: number, steps: (tasks: readonly Task[]) => Steps<readonly TaskOutcome[]>): typeof waiting => {
    const tasks: Task[] = [];
    const ends: number[] = [];
    const most = Math.min(size, limit - begun);
    while (tasks.length < most && readNext() && next !== null && next.bucket === (tasks[0] ?? next).bucket) {
      tasks.push(next);
      ends.push(nextEnd);
      next = null;
    }
    return tasks.length === 0 ? null : { tasks, ends, steps: takeSteps(tasks, ends, begun, begunEnd, steps(tasks)) };
  };
  const pump = () => {
    // A task that fails at once frees its place in here.
    if (pumping) return;
    pumping = true;
    try {
      if ("compile" in taskRun) startTasks(taskRun);
      else startGroups(taskRun);
    } catch (error) {
      fail(error);
    }
    pumping = false;
    if (batch === null && next === null && waiting === null) wantBatch?.();
  };

  const readAll = async () => {
    for await (const more of run.read(reading.signal)) {
      batch = more;
      pump();
      if ((batch !== null || next !== null || waiting !== null) && !reading.signal.aborted) {
        await new Promise<void>((resolve) => {
          wantBatch = resolve;
        });
        wantBatch = null;
      }
      if (reading.signal.aborted) break;
    }
    reachedEnd = true;
  };

  const perform = async (): Promise<ChunkEnd | null> => {
    const stopListening = run.onFree(pump);
    try {
      await readAll().catch((error: unknown) => {
        if (begun > 0 && run.passes(error)) stop("settle");
        else fail(error);
      });
      await new Promise<void>((resolve) => {
        settled = resolve;
        if (open === 0) resolve();
      });
      if (failure !== undefined) throw failure;
      if (stopped === "lost") {
        await parts.abort();
        return null;
      }
      const { succeeded: succeededPart, failed: failedPart } = await parts.finish();
      const restAt = run.start + begunEnd;
      return { succeeded: live.succeeded, failed: live.failed, errors: errors.groups(), succeededPart, failedPart, stopped, left: joined(left), begun, restAt };
    } catch (error) {
      await parts.abort();
      throw error;
    } finally {
      stopListening();
      if (settling) clearTimeout(settling);
    }
  };

  const stop = (reason: Stop) => {
    if (urgency.indexOf(reason) <= urgency.indexOf(stopped)) return;
    stopped = reason;
    if (reason === "yield") {
      settling = setTimeout(() => {
        sender.hurry(group);
        settling = setTimeout(() => sender.cutShort(group), finishMs - settleMs);
      }, settleMs);
    } else if (reason !== "settle") sender.cutShort(group);
    end();
  };

  return { ended: perform(), stop };
}

function* alone(steps: Steps<TaskOutcome>): Steps<readonly TaskOutcome[]> {
  return [yield* steps];
}

/** Those that follow each other as one. */
function joined(rows: Rows[]): Rows[] {
  const result: Rows[] = [];
  for (const { ...one } of rows.toSorted((a, b) => a.index - b.index)) {
    const last = result.at(-1);
    if (last && last.index + last.rows === one.index) {
      last.rows += one.rows;
      last.byteEnd = one.byteEnd;
    } else result.push(one);
  }
  return result;
}
