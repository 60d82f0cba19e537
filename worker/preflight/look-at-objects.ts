import { storableText } from "#lib/db/storable-text.ts";
import { storableTask } from "#lib/manifests/write-tasks.ts";
import { headObject, sizeOf } from "#lib/operations/object-head.ts";
import { type Attribute, type Change, StepFailure, type Steps, type Task, type TaskFailed } from "#lib/operations/operation.ts";
import type { SampledObject } from "#lib/preflight/preflight.ts";
import type { StepTaker } from "#lib/s3/take-steps.ts";

/** Reads each object as it is, and as it would be. */
export const lookAtObjects = (taker: StepTaker, tasks: readonly Task[], preview: (task: Task) => Steps<Change>): Promise<SampledObject[]> =>
  Promise.all(
    tasks.map(async (task) => {
      const [change, head] = await Promise.all([settled(taker.take(preview(task))), settled(taker.take(headObject(task)))]);
      // "Not there" says more than "not allowed", which a store answers as well for what the role may not know of.
      const failure = change.failure && (head.failure?.httpStatus === 404 ? head.failure : change.failure);
      return {
        task: storableTask(task),
        bytes: head.value === null ? null : sizeOf(head.value),
        change: change.value && {
          before: shown(change.value.before),
          after: shown(change.value.after),
          ...(change.value.does !== undefined && { does: storableText(change.value.does, 500) }),
        },
        failure: failure && { httpStatus: failure.httpStatus, code: storableText(failure.code, 100), message: storableText(failure.message, 300) },
      };
    }),
  );

async function settled<T>(work: Promise<T>): Promise<{ value: T; failure: null } | { value: null; failure: TaskFailed }> {
  try {
    return { value: await work, failure: null };
  } catch (error) {
    if (error instanceof StepFailure) return { value: null, failure: error.outcome };
    throw error;
  }
}

/** What a hostile store says of an object is no reason to keep much of it. */
const shown = (attributes: readonly Attribute[]): Attribute[] =>
  attributes.slice(0, 20).map(({ name, value }) => ({ name: storableText(name, 200), value: storableText(value, 1_000) }));
