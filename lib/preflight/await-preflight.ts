import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../jobs/context.ts";
import { isUuid } from "../jobs/move-job.ts";
import { askPreflight } from "./ask-preflight.ts";

/** A client of AWS's waits as long for any answer. */
const patienceMs = 20_000;
const lookMs = 200;

/** Lets the first checks of a job end, for a client that confirms it as soon as it is prepared; gives up without a word. */
export async function awaitPreflight(ctx: Context, jobId: string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (let first = true; isUuid(jobId) && Date.now() < deadline; first = false) {
    const job = await ctx.db.job.findFirst({
      where: { id: jobId, accountId: ctx.accountId },
      select: { status: true, preflight: true, preflightAskedAt: true },
    });
    if (job?.status !== "Suspended" || job.preflight !== null) return;
    // A job of before there were checks.
    if (first && job.preflightAskedAt === null) await askPreflight(ctx, { jobId });
    await sleep(lookMs);
  }
}
