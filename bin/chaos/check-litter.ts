import { ListMultipartUploadsCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { chunkQueue } from "#lib/jobs/queues.ts";
import type { World } from "./world.ts";

/** What ended jobs and dead workers have left behind at this moment. */
export async function findLitter({ ctx, s3, workers }: World, jobs: string[]): Promise<string[]> {
  const found: string[] = [];
  const none = (count: number, what: string) => {
    if (count > 0) found.push(`${count} ${what}`);
  };
  const { KeyCount = 0, Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "work" }));
  none(KeyCount, `objects are left in the work area, such as ${Contents[0]?.Key}`);
  for (const Bucket of ["work", "reports"]) {
    const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
    none(Uploads.length, `unfinished uploads are left in ${Bucket}, such as ${Uploads[0]?.Key}`);
  }
  const names = new Set(jobs.map(chunkQueue));
  none((await ctx.boss.getQueues()).filter((queue) => names.has(queue.name)).length, "queues of ended jobs are left");
  const [waiting] = await ctx.db.$queryRaw<{ count: bigint }[]>`SELECT count(*) AS count FROM pgboss.job WHERE state IN ('created', 'retry', 'active')`;
  none(Number(waiting?.count ?? 0), "leases or items of queues are left");
  none(await ctx.db.chunk.count({ where: { jobId: { in: jobs }, status: { in: ["Running", "Pending"] } } }), "chunks of ended jobs run or wait");
  none(
    await ctx.db.chunk.count({ where: { jobId: { in: jobs }, OR: [{ liveSucceeded: { not: 0 } }, { liveFailed: { not: 0 } }] } }),
    "chunks show live counts",
  );
  const alive = workers.map((worker) => worker.pid ?? 0);
  none(await ctx.db.worker.count({ where: { pid: { notIn: alive } } }), "dead workers are still listed");
  return found;
}
