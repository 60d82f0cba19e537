import { messageOf } from "#lib/errors.ts";
import { inScope } from "#lib/log-scope.ts";
import type { EngineContext } from "./engine-context.ts";
import type { Waker } from "./waker.ts";

/** `obsolete`: the job needs the step no more, and its item is settled for it. */
export type StepOutcome = "done" | "obsolete";
/** A pg-boss item that is held, with what was sent in it. */
export type Lease<Data> = Data & { id: string; retryCount: number };
export type Step<Data = { jobId: string }> = (ctx: EngineContext, lease: Lease<Data>) => Promise<StepOutcome>;

const lookMs = 500;
const touchMs = 3_000;

/**
 * Takes items of a step queue one at a time until `signal` says stop; wake the sleepers then. A step that throws is tried again, later each time;
 * one whose worker dies, as soon as its lease runs out.
 */
export async function runSteps<Data extends object>(ctx: EngineContext, queue: string, step: Step<Data>, waker: Waker, signal: AbortSignal): Promise<void> {
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
export async function runNextStep<Data extends object>(ctx: EngineContext, queue: string, step: Step<Data>): Promise<boolean> {
  const [item] = await ctx.boss.fetch<Data>(queue);
  if (!item) return false;
  await runStep(ctx, queue, item.data, { id: item.id, retryCount: item.retryCount }, step);
  return true;
}

async function runStep<Data extends object>(ctx: EngineContext, queue: string, data: Data, held: Lease<unknown>, step: Step<Data>): Promise<void> {
  const about: Record<string, unknown> = { queue, ...data };
  // One renewal at a time: behind a long transaction they would take every connection.
  let renewing = false;
  const timer = setInterval(() => {
    if (renewing) return;
    renewing = true;
    ctx.boss
      .touch(queue, held)
      .catch((error: unknown) => ctx.log.warn({ ...about, error: messageOf(error) }, "could not renew a lease"))
      .finally(() => {
        renewing = false;
      });
  }, touchMs);
  try {
    // All that a step says is about its job, or its connection.
    const outcome = await inScope(about, () => step(ctx, { ...data, ...held }));
    if (outcome === "obsolete") await ctx.boss.complete(queue, held);
  } catch (error) {
    ctx.log.error({ ...about, attempt: held.retryCount, error: messageOf(error) }, "a step failed; it will be tried again");
    await ctx.boss.fail(queue, held, { message: messageOf(error) });
  } finally {
    clearInterval(timer);
  }
}
