import type { ChunkResult } from "#lib/jobs/complete-chunk.ts";
import { createErrorSummary } from "#lib/jobs/error-summary.ts";
import type { Task, TaskRequest } from "#lib/operations/operation.ts";
import { formatReportRow } from "#lib/reports/report-row.ts";
import type { StreamUpload } from "#lib/reports/stream-upload.ts";
import type { Outcome, TaskSender } from "#lib/s3/task-sender.ts";

export interface ChunkRun {
  /** The chunk's objects, in batches. */
  tasks: AsyncIterable<Task[]>;
  compile: (task: Task) => TaskRequest;
  sender: Pick<TaskSender, "send">;
  inFlight: { enter(): Promise<void>; leave(): void };
  /** Ends the chunk early: tasks that were sent end, no other starts. */
  signal: AbortSignal;
  /** The chunk is somebody else's: nothing of this run is to be kept. */
  lost: () => boolean;
  /** Opens a result part at its first row; null where the report takes no rows of that status. */
  openPart: (status: Outcome["kind"]) => { key: string; upload: StreamUpload } | null;
  /** Counts so far, for the progress that people see. */
  live: { succeeded: number; failed: number };
}

/**
 * Manifest row → request → verdict → result row, as a stream: memory is bounded by what is in flight, not by the chunk.
 * @returns what to count, and whether the signal cut the tries of any task short; null when the chunk was lost
 * @throws what the manifest or a part throws; parts are given up then
 */
export async function runChunk(run: ChunkRun): Promise<(ChunkResult & { cutShort: boolean }) | null> {
  const { live, signal } = run;
  const errors = createErrorSummary();
  const parts = new Map<Outcome["kind"], { key: string; upload: StreamUpload } | null>();
  const running = new Set<Promise<void>>();
  let cutShort = false;
  let failure: unknown;

  const abort = async () => {
    for (const part of parts.values()) await part?.upload.abort();
  };
  const perform = async (task: Task) => {
    const outcome = await run.sender.send(run.compile(task), signal);
    cutShort ||= outcome.cutShort === true;
    if (!parts.has(outcome.kind)) parts.set(outcome.kind, run.openPart(outcome.kind));
    await parts.get(outcome.kind)?.upload.write(formatReportRow(task, outcome));
    live[outcome.kind] += 1;
    if (outcome.kind === "failed") errors.add(outcome.code, outcome.httpStatus, { ...task, message: outcome.message });
  };

  try {
    for await (const batch of run.tasks) {
      for (const task of batch) {
        if (signal.aborted || failure !== undefined) break;
        await run.inFlight.enter();
        const done = perform(task)
          .catch((error: unknown) => {
            failure ??= error;
          })
          .finally(() => {
            run.inFlight.leave();
            running.delete(done);
          });
        running.add(done);
      }
      if (signal.aborted || failure !== undefined) break;
    }
    await Promise.all(running);
    if (failure !== undefined) throw failure;
    if (run.lost()) {
      await abort();
      return null;
    }
    const key = { succeeded: null as string | null, failed: null as string | null };
    for (const [status, part] of parts) {
      if (!part) continue;
      await part.upload.finish();
      key[status] = part.key;
    }
    return { succeeded: live.succeeded, failed: live.failed, errors: errors.groups(), succeededPart: key.succeeded, failedPart: key.failed, cutShort };
  } catch (error) {
    await Promise.all(running);
    await abort();
    throw error;
  }
}
