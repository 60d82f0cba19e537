import { collectDefaultMetrics, Registry } from "prom-client";
import { type Db, poolOf } from "../db/client.ts";
import { type HttpMeter, httpDurationBounds } from "../http/http-meter.ts";
import { createInstallationReader, type Installation } from "./installation-metrics.ts";
import { readCounter, readGauge, readHistogram } from "./read-metrics.ts";

/**
 * What a console says of itself, and of the whole installation, in the form that Prometheus reads: consoles of one database all
 * say the same of that. docs/operating.md lists it.
 */
export function createConsoleMetrics(db: Db, http: HttpMeter): Registry {
  const registry = new Registry();
  const installation = createInstallationReader(db);
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    read: (set: (labels: Record<string, string>, value: number) => void, now: Installation) => void,
  ) =>
    readGauge(registry, { name: `longshore_${name}`, help, labelNames }, async (set) => {
      const now = await installation();
      if (now) read(set, now);
    });

  readGauge(registry, { name: "longshore_database_up", help: "1 while the database answers." }, async (set) => set({}, (await installation()) ? 1 : 0));
  gauge("jobs", "Jobs by status.", ["status"], (set, { jobs }) => {
    for (const [status, count] of Object.entries(jobs)) set({ status }, count);
  });
  gauge("queue_depth", "What waits for a worker, by queue: chunks of tasks, and steps of jobs and connections.", ["queue"], (set, { queues }) => {
    for (const [queue, { waiting }] of Object.entries(queues)) set({ queue }, waiting);
  });
  gauge("queue_active", "What workers have in hand, by queue.", ["queue"], (set, { queues }) => {
    for (const [queue, { active }] of Object.entries(queues)) set({ queue }, active);
  });
  gauge("workers", "Workers that said within 8 seconds that they are alive.", ["state"], (set, { workers }) => {
    for (const [state, count] of Object.entries(workers)) set({ state }, count);
  });
  gauge("notifications", "Deliveries that wait for a try, or were given up in the last 14 days.", ["state"], (set, { notifications }) => {
    set({ state: "waiting" }, notifications.waiting);
    set({ state: "given_up" }, notifications.givenUp);
  });
  const counted = { name: "longshore_http_requests_total", help: "Requests answered, by route.", labelNames: ["method", "route", "status"] };
  readCounter(registry, counted, (set) => {
    for (const { method, route, status, count } of http.answered.values()) set({ method, route, status }, count);
  });
  readHistogram(
    registry,
    { name: "longshore_http_request_duration_seconds", help: "From a request's first line to the end of its answer." },
    httpDurationBounds,
    () => [...http.durations].map(([route, { counts, sum }]) => ({ labels: { route }, counts, sum })),
  );
  readGauge(registry, { name: "longshore_database_connections", help: "Connections of this process to the database.", labelNames: ["state"] }, (set) => {
    const { used, idle } = poolOf(db);
    set({ state: "used" }, used);
    set({ state: "idle" }, idle);
  });
  readGauge(registry, { name: "longshore_database_queries_waiting", help: "Queries that wait for a connection." }, (set) => set({}, poolOf(db).waiting));
  collectDefaultMetrics({ register: registry });
  return registry;
}
