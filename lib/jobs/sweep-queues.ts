import type { Context } from "./context.ts";
import { chunkQueue } from "./queues.ts";
import { terminalStatuses } from "./transition.ts";

const prefix = chunkQueue("");

/** Deletes the chunk queues of jobs that have ended: what a death between a job's end and its queue's would leave. */
export async function sweepQueues(ctx: Pick<Context, "db" | "boss">): Promise<void> {
  const names = (await ctx.boss.getQueues()).map((queue) => queue.name).filter((name) => name.startsWith(prefix));
  if (names.length === 0) return;
  const going = await ctx.db.job.findMany({
    where: { id: { in: names.map((name) => name.slice(prefix.length)) }, status: { notIn: [...terminalStatuses] } },
    select: { id: true },
  });
  const needed = new Set(going.map((job) => chunkQueue(job.id)));
  for (const name of names.filter((queue) => !needed.has(queue))) {
    await ctx.boss.deleteAllJobs(name);
    await ctx.boss.deleteQueue(name);
  }
}
