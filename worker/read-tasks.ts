import type { Chunk } from "#lib/db/generated/client.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { openManifest } from "#lib/manifests/open-manifest.ts";
import { createRowParser, RowError } from "#lib/manifests/parse-row.ts";
import { splitLines } from "#lib/manifests/split-lines.ts";
import type { Task } from "#lib/operations/operation.ts";
import type { LoadedJob } from "./load-job.ts";

/**
 * A chunk's objects, read from its range of the manifest; never more than it has rows.
 * @param signal ends the reading, without an error
 * @throws JobFailure when the manifest is not what was prepared
 */
export async function* readTasks({ s3, definition }: LoadedJob, chunk: Chunk, signal: AbortSignal): AsyncGenerator<Task[]> {
  const start = Number(chunk.byteStart);
  const parse = createRowParser(definition.Manifest.Spec.Fields, false);
  let left = chunk.rows;
  try {
    const { stream } = await openManifest(s3, definition.Manifest, { start, end: Number(chunk.byteEnd) }, signal);
    const close = () => stream.destroy();
    signal.addEventListener("abort", close, { once: true });
    try {
      for await (const lines of splitLines(stream, start)) {
        yield lines.slice(0, left).map((line) => parse(line.text));
        left -= Math.min(left, lines.length);
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
