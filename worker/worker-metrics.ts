import { collectDefaultMetrics, Registry } from "prom-client";
import { type Db, poolOf } from "#lib/db/client.ts";
import { readCounter, readGauge, readHistogram } from "#lib/metrics/read-metrics.ts";
import { durationBounds } from "#lib/s3/request-meter.ts";
import type { ExecutorMetrics } from "./executor-meter.ts";
import type { Executors } from "./supervise-executors.ts";

/** What a worker says of itself and its executors, in the form that Prometheus reads. docs/operating.md lists it. */
export function createWorkerMetrics(executors: Pick<Executors, "metrics" | "count">, db: Db): Registry {
  const registry = new Registry();
  const sum = executors.metrics;
  const counter = (
    name: string,
    help: string,
    labelNames: string[],
    read: (set: (labels: Record<string, string>, value: number) => void, sum: ExecutorMetrics) => void,
  ) =>
    readCounter(registry, { name: `longshore_${name}`, help, labelNames }, (set) => {
      const metrics = sum();
      if (metrics) read(set, metrics);
    });
  const gauge = (name: string, help: string, labelNames: string[], read: (set: (labels: Record<string, string>, value: number) => void) => void) =>
    readGauge(registry, { name: `longshore_${name}`, help, labelNames }, read);
  const connections = () => Object.entries(sum()?.connections ?? {});

  counter("tasks_total", "Tasks run, dry runs included; one that ran twice counts twice.", ["operation", "outcome"], (set, { tasks }) => {
    for (const [operation, { succeeded, failed }] of Object.entries(tasks)) {
      set({ operation, outcome: "succeeded" }, succeeded);
      set({ operation, outcome: "failed" }, failed);
    }
  });
  counter("task_errors_total", "Failed tasks by code, counted as their chunks end; codes that are not well known are Other.", ["code"], (set, { errors }) => {
    for (const [code, count] of Object.entries(errors)) set({ code }, count);
  });
  counter("chunks_taken_total", "Chunks whose lease an executor has taken.", [], (set, { chunksTaken }) => set({}, chunksTaken));
  counter("chunks_ended_total", "Chunks that ended, by outcome: completed, given_back, or lost to another executor.", ["outcome"], (set, { chunksEnded }) => {
    for (const [outcome, count] of Object.entries(chunksEnded)) set({ outcome }, count);
  });
  counter("executors_cpu_seconds_total", "CPU time of the executors.", [], (set, { cpuSeconds }) => set({}, cpuSeconds));

  for (const [name, help, field] of [
    ["requests_total", "Requests of tasks that ended, tries included, by connection.", "ended"],
    ["request_retries_total", "Requests that are tried again.", "retries"],
    ["requests_throttled_total", "Answers that ask for fewer requests: 503, 429, SlowDown.", "throttled"],
  ] as const)
    counter(name, help, ["connection"], (set) => {
      for (const [connection, counts] of connections()) set({ connection }, counts[field]);
    });
  for (const [name, help, field] of [
    ["requests_in_flight", "Requests of tasks at the moment, by connection.", "inFlight"],
    ["requests_in_flight_limit", "As many requests at once as the worker gives the buckets that it is asking.", "limit"],
  ] as const)
    gauge(name, help, ["connection"], (set) => {
      for (const [connection, counts] of connections()) set({ connection }, counts[field]);
    });
  readHistogram(registry, { name: "longshore_request_duration_seconds", help: "Duration of tasks' requests: of one in 16." }, durationBounds, () =>
    connections().map(([connection, { durations, durationSum }]) => ({ labels: { connection }, counts: durations, sum: durationSum })),
  );

  gauge("executors", "Executors that run.", [], (set) => set({}, executors.count().running));
  readCounter(registry, { name: "longshore_executors_replaced_total", help: "Executors started in the place of one that died." }, (set) =>
    set({}, executors.count().replaced),
  );
  gauge("executors_resident_memory_bytes", "Memory of the executors together.", [], (set) => set({}, sum()?.residentBytes ?? 0));
  gauge("executors_busy_ratio", "The part of the last second in which the busiest executor's event loop was busy.", [], (set) => set({}, sum()?.busy ?? 0));
  gauge("database_connections", "Connections of this process to the database.", ["state"], (set) => {
    const { used, idle } = poolOf(db);
    set({ state: "used" }, used);
    set({ state: "idle" }, idle);
  });
  gauge("database_queries_waiting", "Queries that wait for a connection.", [], (set) => set({}, poolOf(db).waiting));
  collectDefaultMetrics({ register: registry });
  return registry;
}
