import { storableText } from "#lib/db/storable-text.ts";
import { tailLength } from "#lib/jobs/job-tail.ts";
import type { TailTask } from "#lib/jobs/sample-views.ts";
import type { Task, TaskOutcome } from "#lib/operations/operation.ts";

/** What an executor tells of a job's tasks while somebody looks: some a second, however many end. */
export interface Tail {
  /** Called for each task that ends: nearly nothing while nobody looks. */
  add(task: Task, outcome: TaskOutcome): void;
  /** Somebody looks: keeps some of the tasks that end from now on. */
  open(): void;
  /** Nobody looks any more. */
  close(): void;
  /** The last tasks, the newest last; null where nothing is new since it was asked. */
  news(): TailTask[] | null;
}

/** Tasks kept between two openings, a second apart. */
const perOpening = 20;

/** @param name of the executor, for the tasks' ids */
export function createTail(name: string, now: () => Date): Tail {
  let room = 0;
  let added = 0;
  let told = 0;
  let tasks: TailTask[] = [];
  return {
    add(task, outcome) {
      if (room === 0) return;
      room -= 1;
      added += 1;
      if (tasks.length >= tailLength) tasks.shift();
      tasks.push(tailTask(`${name}${added}`, now(), task, outcome));
    },
    open() {
      room = perOpening;
    },
    close() {
      room = 0;
      tasks = [];
    },
    news() {
      if (added === told) return null;
      told = added;
      return tasks.length === 0 ? null : [...tasks];
    },
  };
}

const tailTask = (id: string, at: Date, { bucket, key, versionId }: Task, outcome: TaskOutcome): TailTask => ({
  id,
  at: at.toISOString(),
  bucket: storableText(bucket, 255),
  key: storableText(key, 1_024),
  ...(versionId === undefined ? {} : { versionId: storableText(versionId, 1_024) }),
  outcome: outcome.kind,
  httpStatus: outcome.httpStatus,
  ...(outcome.kind === "failed" && { code: storableText(outcome.code, 128) }),
  ...(outcome.message && { message: storableText(outcome.message, 300) }),
});
