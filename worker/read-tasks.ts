import type { Chunk } from "#lib/db/generated/client.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { createRowParser, RowError } from "#lib/manifests/parse-row.ts";
import { splitLines } from "#lib/manifests/split-lines.ts";
import type { Task } from "#lib/operations/operation.ts";
import type { JobSession } from "./job-sessions.ts";
import { openChunk } from "./open-chunk.ts";

/** Objects in the order of the manifest, and where in its bytes the row after each begins. */
export interface TaskBatch {
  tasks: Task[];
  ends: number[];
}

/**
 * A chunk's objects, read from its range of the manifest; never more than it has rows.
 * @param signal ends the reading, without an error
 * @throws JobFailure when the manifest is not what was prepared
 */
export async function* readTasks(session: JobSession, chunk: Chunk, signal: AbortSignal): AsyncGenerator<TaskBatch> {
  const start = Number(chunk.byteStart);
  const parse = createRowParser(session.fields, false);
  let left = chunk.rows;
  try {
    const stream = await openChunk(session, chunk, signal);
    const close = () => stream.destroy();
    signal.addEventListener("abort", close, { once: true });
    try {
      for await (const lines of splitLines(stream, start)) {
        if (lines.length > left) lines.length = left;
        left -= lines.length;
        yield { tasks: lines.map((line) => parse(line.text)), ends: lines.map((line) => line.end) };
        if (left === 0) return;
      }
    } finally {
      signal.removeEventListener("abort", close);
      stream.destroy();
    }
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof RowError) throw new JobFailure("ManifestUnreadable", `A row of chunk ${chunk.index} of the manifest ${error.message}.`);
    throw error;
  }
}
