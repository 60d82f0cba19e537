import type { WorkerView } from "#lib/jobs/job-views.ts";

export interface WorkerTotals {
  /** Alive, draining ones among them. */
  workers: number;
  /** That take chunks: those of a draining worker take no new one. */
  executors: number;
  chunks: number;
  tasksPerSecond: number;
}

/** What all workers that are alive come to; silent ones count for nothing. */
export function totalsOf(workers: readonly WorkerView[]): WorkerTotals {
  const totals: WorkerTotals = { workers: 0, executors: 0, chunks: 0, tasksPerSecond: 0 };
  for (const worker of workers) {
    if (worker.silent) continue;
    totals.workers += 1;
    if (!worker.draining) totals.executors += worker.executors;
    totals.chunks += worker.chunks.length;
    totals.tasksPerSecond += worker.tasksPerSecond;
  }
  return totals;
}

export type WorkerState = "silent" | "draining" | "working" | "idle";

export const stateOf = ({ silent, draining, chunks }: Pick<WorkerView, "silent" | "draining" | "chunks">): WorkerState =>
  silent ? "silent" : draining ? "draining" : chunks.length > 0 ? "working" : "idle";
