import { messageOf } from "#lib/errors.ts";
import type { StepLease } from "#lib/jobs/finish-preparation.ts";
import type { EngineContext } from "./engine-context.ts";
import type { Waker } from "./waker.ts";

/** `obsolete`: the job needs the step no more, and its item is settled for it. */
export type StepOutcome = "done" | "obsolete";
export type Step = (ctx: EngineContext, lease: StepLease) => Promise<StepOutcome>;

const lookMs = 500;
const touchMs = 3_000;

/**
 * Takes items of a step queue one at a time until `signal` says stop; wake the sleepers then. A step that throws is tried again, later each time;
 * one whose worker dies, as soon as its lease runs out.
 */
export async function runSteps(ctx: EngineContext, queue: string, step: Step, waker: Waker, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      if (!(await runNextStep(ctx, queue, step))) await waker.sleep(lookMs);
    } catch (error) {
      ctx.log.warn({ queue, error: messageOf(error) }, "the queue cannot be read; trying again");
      await waker.sleep(1_000);
    }
  }
}

/** @returns whether there was one */
export async function runNextStep(ctx: EngineContext, queue: string, step: Step): Promise<boolean> {
  const [item] = await ctx.boss.fetch<{ jobId: string }>(queue);
  if (!item) return false;
  await runStep(ctx, queue, { id: item.id, retryCount: item.retryCount, jobId: item.data.jobId }, step);
  return true;
}

async function runStep(ctx: EngineContext, queue: string, lease: StepLease, step: Step): Promise<void> {
  // One renewal at a time: behind a long transaction they would take every connection.
  let renewing = false;
  const timer = setInterval(() => {
    if (renewing) return;
    renewing = true;
    ctx.boss
      .touch(queue, lease)
      .catch((error: unknown) => ctx.log.warn({ queue, jobId: lease.jobId, error: messageOf(error) }, "could not renew a lease"))
      .finally(() => {
        renewing = false;
      });
  }, touchMs);
  try {
    const outcome = await step(ctx, lease);
    if (outcome === "obsolete") await ctx.boss.complete(queue, lease);
  } catch (error) {
    ctx.log.error({ queue, jobId: lease.jobId, attempt: lease.retryCount, error: messageOf(error) }, "a step failed; it will be tried again");
    await ctx.boss.fail(queue, lease, { message: messageOf(error) });
  } finally {
    clearInterval(timer);
  }
}
