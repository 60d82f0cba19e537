import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { messageOf } from "#lib/errors.ts";
import type { ChunkResult } from "#lib/jobs/complete-chunk.ts";
import type { Lease } from "#lib/jobs/take-chunk.ts";
import type { WorkArea } from "#lib/reports/work-area.ts";
import type { EngineContext } from "./engine-context.ts";

type Parts = Pick<ChunkResult, "succeededPart" | "failedPart">;

/**
 * Removes the parts of a result that was not counted: the job may have ended, and its work area been cleared, before they
 * were written. Those of one that was counted after all, whose answer the database could not give, stay. Never throws: who
 * has lost a lease has no say in its job any more, and what stays behind is litter only.
 */
export async function discardParts(ctx: EngineContext, area: WorkArea, lease: Lease, result: Parts): Promise<void> {
  try {
    await discard(ctx, area, lease, result);
  } catch (error) {
    ctx.log.warn({ jobId: lease.jobId, chunkId: lease.chunkId, error: messageOf(error) }, "the parts of a lost lease could not be removed");
  }
}

async function discard(ctx: EngineContext, area: WorkArea, lease: Lease, result: Parts): Promise<void> {
  const counted = await ctx.db.chunk.count({ where: { id: lease.chunkId, status: "Done", attempt: lease.attempt } });
  if (counted > 0) return;
  ctx.log.warn({ jobId: lease.jobId, chunkId: lease.chunkId }, "a chunk is not counted; its parts are removed");
  for (const key of [result.succeededPart, result.failedPart]) {
    if (key !== null) await area.s3.send(new DeleteObjectCommand({ Bucket: area.bucket, Key: key }));
  }
}
