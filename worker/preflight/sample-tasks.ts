import type { Chunk } from "#lib/db/generated/client.ts";
import type { Task } from "#lib/operations/operation.ts";
import type { JobSession } from "../job-sessions.ts";
import { readTasks } from "../read-tasks.ts";
import { spread } from "./spread.ts";

/** As many rows of a chunk are read at most, to choose among them. */
const maxRows = 1_000;

/**
 * Objects from all over the manifest: from several chunks, and from several places of each.
 * @param chunks the job's, in order
 * @throws JobFailure when the manifest is not what was prepared
 */
export async function sampleTasks(
  session: Pick<JobSession, "s3" | "workS3" | "connection" | "definition" | "fields">,
  chunks: readonly Chunk[],
  wanted: number,
) {
  const chosen = spread(chunks.length, wanted).map((index) => chunks[index] as Chunk);
  const each = Math.ceil(wanted / Math.max(1, chosen.length));
  const found = await Promise.all(
    chosen.map(async (chunk) => {
      const places = new Set(spread(Math.min(chunk.rows, maxRows), each));
      const tasks: Task[] = [];
      const enough = new AbortController();
      let row = 0;
      for await (const batch of readTasks(session as JobSession, chunk, enough.signal)) {
        for (let task = batch.next(); task !== null && tasks.length < places.size; task = batch.next()) {
          if (places.has(row)) tasks.push(task);
          row += 1;
        }
        if (tasks.length === places.size) break;
      }
      enough.abort();
      return tasks;
    }),
  );
  return found.flat().slice(0, wanted);
}
