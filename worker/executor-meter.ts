import { performance } from "node:perf_hooks";
import type { ErrorGroup } from "#lib/jobs/error-summary.ts";
import type { Admission } from "#lib/s3/admission.ts";
import { errorLabel } from "./error-label.ts";

/** How a chunk's run ended for the executor that had it. `lost`: another one has taken it. */
export type ChunkOutcome = "completed" | "given_back" | "lost";
interface Tasks {
  succeeded: number;
  failed: number;
}

/** What an executor says of itself; counters are since its start. */
export interface ExecutorMetrics {
  /** Tasks run, by operation: those that ran twice are in here twice. */
  tasks: Record<string, Tasks>;
  /** By label, of the chunks that have ended. */
  errors: Record<string, number>;
  chunksTaken: number;
  chunksEnded: Record<ChunkOutcome, number>;
  /** By the connection's name; `inFlight` and `limit` are as they are now. */
  connections: Record<string, ConnectionMetrics>;
  cpuSeconds: number;
  residentBytes: number;
  /** The part of the time since it last said so in which its event loop was busy, 0 to 1. */
  busy: number;
}

export interface ConnectionMetrics {
  inFlight: number;
  limit: number;
  ended: number;
  retries: number;
  throttled: number;
  durations: number[];
  durationSum: number;
}

/** Counts what no counter holds yet, once a chunk: a task pays nothing for it. */
export interface ExecutorMeter {
  taken(): void;
  ended(outcome: ChunkOutcome): void;
  /** Tasks of a chunk that is under way no more. */
  ran(operation: string, tasks: Readonly<Tasks>): void;
  failed(errors: readonly ErrorGroup[]): void;
  /** The name that a connection goes by. */
  name(connectionId: string, name: string): void;
  /** @param underWay tasks of the chunks under way */
  read(underWay: Iterable<{ operation: string; live: Readonly<Tasks> }>): ExecutorMetrics;
}

/** What asks no connection: functions, by whatever name they are called. */
const functions = "functions";

export function createExecutorMeter(admission: Pick<Admission, "traffic">): ExecutorMeter {
  const tasks = new Map<string, Tasks>();
  const errors = new Map<string, number>();
  const names = new Map<string, string>();
  const chunksEnded: Record<ChunkOutcome, number> = { completed: 0, given_back: 0, lost: 0 };
  let chunksTaken = 0;
  let loop = performance.eventLoopUtilization();

  return {
    taken() {
      chunksTaken += 1;
    },
    ended(outcome) {
      chunksEnded[outcome] += 1;
    },
    ran: (operation, live) => addTasks(tasks, operation, live),
    failed(groups) {
      for (const { code, count } of groups) errors.set(errorLabel(code), (errors.get(errorLabel(code)) ?? 0) + count);
    },
    name(connectionId, name) {
      names.set(connectionId, name);
    },
    read(underWay) {
      const all = new Map([...tasks].map(([operation, { ...counts }]) => [operation, counts]));
      for (const { operation, live } of underWay) addTasks(all, operation, live);
      const connections = new Map<string, ConnectionMetrics>();
      for (const [id, { inFlight, limit, meter }] of admission.traffic()) {
        const name = names.get(id) ?? functions;
        connections.set(name, sumOf(connections.get(name), { inFlight, limit, ...meter }));
      }
      const before = loop;
      loop = performance.eventLoopUtilization();
      const { user, system } = process.cpuUsage();
      return {
        tasks: Object.fromEntries(all),
        errors: Object.fromEntries(errors),
        chunksTaken,
        chunksEnded: { ...chunksEnded },
        connections: Object.fromEntries(connections),
        cpuSeconds: (user + system) / 1e6,
        residentBytes: process.memoryUsage.rss(),
        busy: performance.eventLoopUtilization(loop, before).utilization,
      };
    },
  };
}

function addTasks(to: Map<string, Tasks>, operation: string, { succeeded, failed }: Readonly<Tasks>): void {
  const counts = to.get(operation) ?? { succeeded: 0, failed: 0 };
  to.set(operation, { succeeded: counts.succeeded + succeeded, failed: counts.failed + failed });
}

/** Both together. */
export function sumOf(a: ConnectionMetrics | undefined, b: ConnectionMetrics): ConnectionMetrics {
  if (a === undefined) return { ...b, durations: [...b.durations] };
  return {
    inFlight: a.inFlight + b.inFlight,
    limit: a.limit + b.limit,
    ended: a.ended + b.ended,
    retries: a.retries + b.retries,
    throttled: a.throttled + b.throttled,
    durations: a.durations.map((count, at) => count + (b.durations[at] ?? 0)),
    durationSum: a.durationSum + b.durationSum,
  };
}
