import { type ExecutorMetrics, sumOf } from "./executor-meter.ts";

/** A worker's executors together, those that are gone included: a counter that went back would be taken for a restart. */
export interface ExecutorsSum {
  /** What an executor says of itself takes the place of what it said before. */
  told(executorId: string, metrics: ExecutorMetrics): void;
  /** It is gone: what it counted stays, and what it holds does not. */
  gone(executorId: string): void;
  /** @returns the sum, of `busy` the greatest; null while no executor has said anything */
  read(): ExecutorMetrics | null;
}

export function sumExecutors(): ExecutorsSum {
  const running = new Map<string, ExecutorMetrics>();
  let ended: ExecutorMetrics | null = null;
  return {
    told(executorId, metrics) {
      running.set(executorId, metrics);
    },
    gone(executorId) {
      const last = running.get(executorId);
      running.delete(executorId);
      if (!last) return;
      const connections = Object.entries(last.connections).map(([name, connection]) => [name, { ...connection, inFlight: 0, limit: 0 }]);
      ended = add(ended, { ...last, connections: Object.fromEntries(connections), residentBytes: 0, busy: 0 });
    },
    read: () => [...running.values()].reduce<ExecutorMetrics | null>(add, ended),
  };
}

function add(a: ExecutorMetrics | null, b: ExecutorMetrics): ExecutorMetrics {
  if (a === null) return b;
  return {
    tasks: merged(a.tasks, b.tasks, (x, y) => ({ succeeded: x.succeeded + y.succeeded, failed: x.failed + y.failed })),
    errors: merged(a.errors, b.errors, (x, y) => x + y),
    chunksTaken: a.chunksTaken + b.chunksTaken,
    chunksEnded: {
      completed: a.chunksEnded.completed + b.chunksEnded.completed,
      given_back: a.chunksEnded.given_back + b.chunksEnded.given_back,
      lost: a.chunksEnded.lost + b.chunksEnded.lost,
    },
    connections: merged(a.connections, b.connections, sumOf),
    cpuSeconds: a.cpuSeconds + b.cpuSeconds,
    residentBytes: a.residentBytes + b.residentBytes,
    busy: Math.max(a.busy, b.busy),
  };
}

function merged<Value>(a: Record<string, Value>, b: Record<string, Value>, sum: (x: Value, y: Value) => Value): Record<string, Value> {
  const result = new Map(Object.entries(a));
  for (const [name, value] of Object.entries(b)) {
    const before = result.get(name);
    result.set(name, before === undefined ? value : sum(before, value));
  }
  return Object.fromEntries(result);
}
