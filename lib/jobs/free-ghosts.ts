import { bossSchema } from "../db/boss.ts";
import { Prisma } from "../db/generated/client.ts";
import type { Context } from "./context.ts";
import { chunkQueue } from "./queues.ts";
import { releaseChunk } from "./take-chunk.ts";

/**
 * Marks chunks as waiting that are marked as running although their lease has run out: their executor slept, or could not
 * say that it gave them back. The queue would hand them out all the same, but until then they hold up a pause and take a share of limits.
 */
export async function freeGhosts(ctx: Pick<Context, "db" | "boss" | "now">): Promise<number> {
  const ghosts = await ctx.db.$queryRaw<{ id: string; jobId: string; attempt: number }[]>`
    SELECT c.id, c."jobId", c.attempt FROM "Chunk" c
    WHERE c."executorId" IS NOT NULL AND c.status = 'Running' AND NOT EXISTS (
      SELECT 1 FROM ${Prisma.raw(`${bossSchema}.job`)} b WHERE b.name = ${chunkQueue("")} || c."jobId" AND b.id = c.id AND b.state = 'active')`;
  for (const { id, jobId, attempt } of ghosts) await releaseChunk(ctx, { jobId, chunkId: id, attempt });
  return ghosts.length;
}
