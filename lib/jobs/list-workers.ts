import { demand } from "../auth/permissions.ts";
import { findOperation } from "../operations/registry.ts";
import type { Context } from "./context.ts";
import type { WorkerView } from "./job-views.ts";
import { isSilent } from "./workers.ts";

/** A worker runs a few chunks per executor; more than this would not be read anyway. */
const maxChunks = 1_000;

type Row = Omit<WorkerView, "startedAt" | "lastSeenAt" | "chunks"> & { startedAt: Date; lastSeenAt: Date };

/** Every worker that is known, by host, with what it runs; one that fell silent stays until another worker has taken over its chunks. @throws AppError Forbidden */
export async function listWorkers(ctx: Context): Promise<WorkerView[]> {
  demand(ctx, "worker.read");
  const [workers, chunks] = await Promise.all([
    ctx.db.$queryRaw<Row[]>`
      SELECT id, hostname, pid, executors, "startedAt", "lastSeenAt", draining, "tasksPerSecond", ${isSilent} AS silent
      FROM "Worker" ORDER BY hostname, "startedAt", id`,
    ctx.db.chunk.findMany({
      where: { status: "Running", executorId: { not: null }, job: { accountId: ctx.accountId } },
      select: {
        executorId: true,
        jobId: true,
        firstRow: true,
        rows: true,
        liveSucceeded: true,
        liveFailed: true,
        job: { select: { description: true, operation: true } },
      },
      orderBy: [{ jobId: "asc" }, { index: "asc" }],
      take: maxChunks,
    }),
  ]);
  const byWorker = Map.groupBy(chunks, (chunk) => chunk.executorId?.split("/")[0]);
  return workers.map((worker) => ({
    ...worker,
    startedAt: worker.startedAt.toISOString(),
    lastSeenAt: worker.lastSeenAt.toISOString(),
    chunks: (byWorker.get(worker.id) ?? []).map(({ jobId, firstRow, rows, liveSucceeded, liveFailed, job }) => ({
      jobId,
      description: job.description,
      operationTitle: findOperation(job.operation).title,
      firstRow: Number(firstRow),
      rows,
      done: liveSucceeded + liveFailed,
    })),
  }));
}
