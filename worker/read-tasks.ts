import type { Chunk } from "#lib/db/generated/client.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { createRowParser, RowError } from "#lib/manifests/parse-row.ts";
import { type Lines, splitLines } from "#lib/manifests/split-lines.ts";
import type { Task } from "#lib/operations/operation.ts";
import { openChunk, type RowSource } from "./open-chunk.ts";

/** Objects in the order of the manifest, each read from its bytes when it is wanted: objects that wait would only be carried about by the garbage collector. */
export interface TaskBatch {
  /** @returns null when there are no more @throws JobFailure when the manifest is not what was prepared */
  next(): Task | null;
  /** Where in the manifest's bytes the row after the one that `next` gave begins. */
  readonly end: number;
}

/**
 * A chunk's objects, read from its range of the manifest; never more than it has rows.
 * @param signal ends the reading, without an error
 * @throws JobFailure when the manifest is not what was prepared
 */
export async function* readTasks(source: RowSource, chunk: Chunk, signal: AbortSignal): AsyncGenerator<TaskBatch> {
  const parse = createRowParser(source.fields, false);
  const failureOf = (error: unknown): unknown =>
    error instanceof RowError ? new JobFailure("ManifestUnreadable", `A row of chunk ${chunk.index} of the manifest ${error.message}.`) : error;
  let left = chunk.rows;
  const batchOf = (lines: Lines): TaskBatch => ({
    next() {
      try {
        if (left === 0 || !lines.next()) return null;
        left -= 1;
        return parse(lines.text);
      } catch (error) {
        throw failureOf(error);
      }
    },
    get end() {
      return lines.end;
    },
  });
  try {
    const stream = await openChunk(source, chunk, signal);
    const close = () => stream.destroy();
    signal.addEventListener("abort", close, { once: true });
    try {
      for await (const lines of splitLines(stream, Number(chunk.byteStart))) {
        yield batchOf(lines);
        if (left === 0) return;
      }
    } finally {
      signal.removeEventListener("abort", close);
      stream.destroy();
    }
  } catch (error) {
    if (signal.aborted) return;
    throw failureOf(error);
  }
}
