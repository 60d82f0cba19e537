import { setTimeout as sleep } from "node:timers/promises";
import { databaseAnswers } from "#lib/db/database-answers.ts";
import { messageOf } from "#lib/errors.ts";
import { type ChunkResult, completeChunk } from "#lib/jobs/complete-chunk.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { Lease } from "#lib/jobs/take-chunk.ts";
import type { EngineContext } from "./engine-context.ts";

/** Tries, a second apart, after which the result itself must be what the database refuses. */
const maxTries = 20;

/**
 * Offers a result until it is counted or fenced off, but once; it is worth waiting for while the database is away.
 * @returns false when the lease was lost, or when an earlier offer was counted and only its answer was lost
 * @throws JobFailure when the database is there and keeps refusing
 */
export async function countChunk(ctx: EngineContext, lease: Lease, result: ChunkResult): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await completeChunk(ctx, lease, result);
    } catch (error) {
      ctx.log.warn({ jobId: lease.jobId, chunkId: lease.chunkId, tries, error: messageOf(error) }, "a chunk could not be counted; trying again");
      if (tries >= maxTries && (await databaseAnswers(ctx.db))) {
        throw new JobFailure("InternalError", "The result of a chunk could not be stored. The worker's log has the error under the job's id.");
      }
      await sleep(1_000);
    }
  }
}
