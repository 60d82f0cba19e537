import type { Context } from "./context.ts";

/** Long enough for others to get something done, short enough for an endpoint that comes back. */
const restMs = 30_000;

/** Takes no chunk of a job for a while: its endpoint is away, and others wait for the places it holds. */
export async function restJob(ctx: Pick<Context, "db" | "now">, jobId: string): Promise<void> {
  await ctx.db.job.update({ where: { id: jobId }, data: { restsUntil: new Date(ctx.now().getTime() + restMs) } });
}
