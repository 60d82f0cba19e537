import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createHttpMeter, noteAnswer } from "#lib/http/http-meter.ts";
import { terminalStatuses } from "#lib/jobs/transition.ts";
import { createConsoleMetrics } from "#lib/metrics/console-metrics.ts";
import { type Exposition, parseExposition } from "#lib/metrics/testing/parse-exposition.ts";
import { durationEvery } from "#lib/s3/request-meter.ts";
import { accountId, type Engine, rowsOf, secret, startEngine } from "./testing/engine-harness.ts";

/** A real worker, asked for its metrics as Prometheus asks. */
let engine: Engine;
let worker: ChildProcess;
let url: string;
const token = "a-token-for-the-tests";
beforeAll(async () => {
  engine = await startEngine();
  worker = fork(new URL("./main.ts", import.meta.url), {
    env: {
      ...process.env,
      DATABASE_URL: engine.databaseUrl,
      LONGSHORE_SECRET: secret,
      LONGSHORE_ACCOUNT_ID: accountId,
      LONGSHORE_EXECUTORS: "2",
      LONGSHORE_METRICS_PORT: "0",
      LONGSHORE_METRICS_TOKEN: token,
      LONGSHORE_LOG_LEVEL: "error",
    },
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [ready] = (await once(worker, "message")) as [{ metricsPort: number }];
  url = `http://127.0.0.1:${ready.metricsPort}/metrics`;
});
afterAll(async () => {
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
  await engine.stop();
});

const ask = (headers: Record<string, string> = { authorization: `Bearer ${token}` }) => fetch(url, { headers });
const read = async (): Promise<Exposition> => parseExposition(await (await ask()).text());
const numberOf = ({ series }: Exposition, name: string, labels: Record<string, string> = {}): number =>
  series
    .filter((one) => one.name === name && Object.entries(labels).every(([label, value]) => one.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);

const console_ = () => {
  const http = createHttpMeter();
  noteAnswer(http, { method: "GET", target: "/jobs", status: 200, requestId: undefined, seconds: 0.02 });
  return createConsoleMetrics(engine.db, http);
};
const readConsole = async (): Promise<Exposition> => parseExposition(await console_().metrics());

it("tells only whoever has the token, and of nothing else", async () => {
  expect((await ask({})).status).toBe(403);
  expect((await ask({ authorization: "Bearer wrong" })).status).toBe(403);
  expect((await fetch(url.replace("/metrics", "/"), { headers: { authorization: `Bearer ${token}` } })).status).toBe(404);
  const answer = await ask();
  expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
});

it("counts a job's tasks, errors, requests, retries and chunks as they were", async () => {
  const keys = await engine.objects(400);
  const jobId = await engine.create([...rowsOf(keys), "data,missing-1", "data,missing-2"]);
  await expect.poll(async () => (await engine.details(jobId)).preflight, { timeout: 40_000 }).not.toBeNull();
  engine.sandbox.faults.add({ operation: "PutObjectTagging", answer: "SlowDown", times: 5 });
  await engine.confirm(jobId);
  await expect.poll(async () => terminalStatuses.includes((await engine.details(jobId)).status), { timeout: 50_000 }).toBe(true);
  const operation = "S3PutObjectTagging";
  const { chunksTotal } = await engine.db.job.findUniqueOrThrow({ where: { id: jobId } });
  // The last that an executor tells of a chunk.
  await expect.poll(async () => numberOf(await read(), "longshore_chunks_ended_total", { outcome: "completed" })).toBe(chunksTotal);
  const told = await read();
  expect(numberOf(told, "longshore_tasks_total", { operation, outcome: "succeeded" })).toBe(400);
  expect(numberOf(told, "longshore_tasks_total", { operation, outcome: "failed" })).toBe(2);
  expect(numberOf(told, "longshore_task_errors_total", { code: "NoSuchKey" })).toBe(2);
  expect(numberOf(told, "longshore_chunks_taken_total")).toBeGreaterThanOrEqual(chunksTotal);
  const requests = numberOf(told, "longshore_requests_total", { connection: "sandbox" });
  expect(requests).toBe(402 + numberOf(told, "longshore_request_retries_total", { connection: "sandbox" }));
  expect(numberOf(told, "longshore_requests_throttled_total", { connection: "sandbox" })).toBe(5);
  const taken = numberOf(told, "longshore_request_duration_seconds_count", { connection: "sandbox" });
  // Each executor takes one of 16 of its own.
  expect(taken).toBeGreaterThanOrEqual(Math.floor(requests / durationEvery) - 1);
  expect(taken).toBeLessThanOrEqual(Math.floor(requests / durationEvery));
  expect(numberOf(told, "longshore_request_duration_seconds_bucket", { connection: "sandbox", le: "+Inf" })).toBe(taken);
  expect(numberOf(told, "longshore_requests_in_flight")).toBe(0);
  expect(numberOf(told, "longshore_executors")).toBe(2);
  expect(numberOf(told, "longshore_executors_resident_memory_bytes")).toBeGreaterThan(10e6);
}, 120_000);

it("the console counts what the database knows, and says when it does not answer", async () => {
  const told = await readConsole();
  expect(numberOf(told, "longshore_database_up")).toBe(1);
  expect(numberOf(told, "longshore_jobs")).toBe(await engine.db.job.count());
  expect(numberOf(told, "longshore_workers", { state: "alive" })).toBe(1);
  expect(told.series.filter(({ name }) => name === "longshore_queue_depth").map(({ labels }) => labels.queue)).toEqual(
    expect.arrayContaining(["chunks", "prepare", "preflight", "report"]),
  );
  expect(numberOf(told, "longshore_http_requests_total", { route: "/jobs", status: "200" })).toBe(1);
  const away = { $queryRaw: () => Promise.reject(new Error("away")) } as never;
  const without = parseExposition(await createConsoleMetrics(away, createHttpMeter()).metrics());
  expect(without.series.find(({ name }) => name === "longshore_database_up")?.value).toBe(0);
  expect(without.series.filter(({ name }) => /longshore_(jobs|queue|workers)/.test(name))).toEqual([]);
});

it("names nothing in the dashboard, the rules or the documentation that is not there, and documents all there is", async () => {
  const text = (file: string) => readFileSync(new URL(`../docs/${file}`, import.meta.url), "utf8");
  const [ofWorker, ofConsole] = [await read(), await readConsole()];
  const there = new Set([...ofWorker.types.keys(), ...ofConsole.types.keys()]);
  const labels = new Map<string, Set<string>>();
  for (const { name, labels: found } of [...ofWorker.series, ...ofConsole.series]) {
    const known = labels.get(name) ?? new Set();
    for (const label of Object.keys(found)) known.add(label);
    labels.set(name, known);
  }
  const metric = /\b(?:longshore|process|nodejs)_[a-z0-9_]+/g;
  const base = (name: string) => (there.has(name) ? name : name.replace(/_(?:bucket|sum|count)$/, ""));
  const dashboard = JSON.parse(text("examples/grafana-dashboard.json")) as {
    schemaVersion: number;
    panels: { targets?: { expr: string }[] }[];
    templating: { list: { type: string; query: unknown }[] };
  };
  expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(39);
  expect(dashboard.templating.list.map(({ type }) => type)).toContain("datasource");
  const expressions = [
    ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
    ...dashboard.templating.list.map(({ query }) => JSON.stringify(query)),
    ...[...text("examples/longshore-rules.yml").matchAll(/expr: (.*)/g)].map(([, expr = ""]) => expr),
  ];
  const named = expressions.flatMap((expression) => expression.match(metric) ?? []);
  expect(named.length).toBeGreaterThan(40);
  for (const name of named) expect(there, name).toContain(base(name));
  // Labels that the expressions go by are those that the series have; Prometheus itself adds job and instance.
  for (const expression of expressions)
    for (const [, name = "", selector = ""] of expression.matchAll(/((?:longshore|process)_[a-z0-9_]+)\{([^}]*)\}/g))
      for (const [, label = ""] of selector.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g))
        if (!["job", "instance"].includes(label) && labels.has(name)) expect([...(labels.get(name) ?? [])], `${name} in ${expression}`).toContain(label);
  const own = [...there].filter((name) => name.startsWith("longshore_"));
  const documented = new Set(text("metrics.md").match(/\blongshore_[a-z0-9_]+/g));
  for (const name of own) expect(documented, name).toContain(name);
  for (const name of documented) expect(own, name).toContain(base(name));
});
