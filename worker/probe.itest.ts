import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createConnection } from "#lib/connections/create-connection.ts";
import { describeConnection } from "#lib/connections/list-connections.ts";
import { updateConnection } from "#lib/connections/update-connection.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { probeQueue } from "#lib/jobs/queues.ts";
import { askProbe, describeProbe } from "#lib/probe/ask-probe.ts";
import type { Capability } from "#lib/probe/capability.ts";
import type { ProbeLease } from "#lib/probe/record-probe.ts";
import { startHostileStore } from "#lib/probe/testing/hostile-store.ts";
import { firstTrials } from "#lib/probe/trials/all-trials.ts";
import { putObjectTagging } from "#lib/probe/trials/tags.ts";
import type { Verdict } from "#lib/probe/verdict.ts";
import { maxTries, type ProbeItem, probe } from "./prober.ts";
import { runNextStep } from "./step-loop.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

/** What a probe's life is: asked for, run by a worker under a lease, believed by whoever lets a job loose. */
let engine: Engine;
let connectionId: string;
const few = { trials: [...firstTrials, putObjectTagging], pausesMs: [] };
const probeNext = () => runNextStep<ProbeItem>(engine.ctx, probeQueue, (ctx, lease) => probe(ctx, lease, undefined, few));
/** As a worker takes it that then goes its own ways. */
async function take(): Promise<ProbeLease> {
  const [item] = await engine.boss.fetch<ProbeItem>(probeQueue);
  if (!item) throw new Error("Nothing waits to be probed");
  return { ...item.data, id: item.id, retryCount: item.retryCount };
}
const admin = () => engine.as("admin", "admin@example.com");
const view = () => describeProbe(engine.as("viewer"), connectionId);

beforeAll(async () => {
  engine = await startEngine();
  connectionId = (await engine.db.connection.findFirstOrThrow()).id;
});

afterAll(() => engine.stop());

beforeEach(async () => {
  await engine.boss.deleteAllJobs(probeQueue);
  await engine.db.probe.deleteMany();
});

/** As if a probe had found this. */
const found = async (results: Partial<Record<Capability, Verdict>>) => {
  const stored = Object.entries(results).map(([capability, verdict]) => ({ capability, verdict, reason: "As the test says." })) as Prisma.InputJsonValue;
  const at = { runId: randomUUID(), askedAt: new Date(), askedBy: "a test", endedAt: new Date(), results: stored, resultsAt: new Date() };
  await engine.db.probe.upsert({ where: { connectionId }, create: { connectionId, ...at }, update: at });
};

describe("a probe", () => {
  test("is run by a worker, and kept with its time and the store's server", async () => {
    expect(await askProbe(admin(), connectionId)).toMatchObject({ state: "waiting", askedBy: "admin@example.com", results: null });
    expect(await probeNext()).toBe(true);
    expect(await view()).toMatchObject({
      state: "done",
      results: [
        { capability: "PutObject", verdict: "works" },
        { capability: "GetObject", verdict: "works" },
        { capability: "PutObjectTagging", verdict: "works" },
      ],
      server: "LongshoreSandbox",
      serverNow: null,
      versioned: false,
    });
    expect(await engine.keys("work")).toEqual([]);
  });

  test("is asked for by an admin alone", async () => {
    for (const role of ["viewer", "operator", "reviewer"] as const)
      await expect(askProbe(engine.as(role), connectionId)).rejects.toMatchObject({ code: "Forbidden" });
    expect(await probeNext()).toBe(false);
  });

  test("that waits or goes on is not asked for twice", async () => {
    await askProbe(admin(), connectionId);
    await askProbe(admin(), connectionId);
    expect([await probeNext(), await probeNext()]).toEqual([true, false]);
  });

  test("is run when a connection is made, and anew when its place changes, whose results are then forgotten", async () => {
    const values = {
      endpoint: engine.sandbox.url,
      region: "us-east-1",
      addressing: "path" as const,
      accessKeyId: "CONNECTIONKEY",
      workBucket: "work",
      workPrefix: "two/",
    };
    const made = await createConnection(admin(), { ...values, name: "another", secretAccessKey: "connection-secret" });
    expect(made.probe).toEqual({ state: "waiting", found: null });
    await probeNext();
    const summary = async () => (await describeConnection(admin(), made.id)).probe;
    expect(await summary()).toEqual({ state: "done", found: { works: 3, refused: 0, wrong: 0 } });
    await updateConnection(admin(), made.id, { ...values, name: "a new name" });
    expect((await summary()).state).toBe("done");
    await updateConnection(admin(), made.id, { ...values, name: "a new name", workPrefix: "three/" });
    expect(await summary()).toEqual({ state: "waiting", found: null });
    await engine.db.connection.delete({ where: { id: made.id } });
    expect(await probeNext()).toBe(true);
    expect(await engine.db.probe.findUnique({ where: { connectionId: made.id } })).toBeNull();
  });

  test("that nobody wants any more changes nothing", async () => {
    await askProbe(admin(), connectionId);
    const lease = await take();
    await engine.db.probe.update({ where: { connectionId }, data: { runId: randomUUID() } });
    expect(await probe(engine.ctx, lease, undefined, few)).toBe("obsolete");
    expect((await view()).results).toBeNull();
  });

  test("whose lease was lost changes nothing, and its successor ends it", async () => {
    await askProbe(admin(), connectionId);
    const lost = await take();
    await engine.boss.fail(probeQueue, { id: lost.id, retryCount: 0 }, { message: "its worker died" });
    await probe(engine.ctx, lost, undefined, few);
    expect(await view()).toMatchObject({ state: "running", results: null });
  });

  test("that kills its workers is given up", async () => {
    await askProbe(admin(), connectionId);
    const lease = await take();
    // As the queue hands it out after so many deaths.
    await engine.db.$executeRawUnsafe(`UPDATE pgboss.job SET retry_count = ${maxTries} WHERE id = '${lease.id}'`);
    await probe(engine.ctx, { ...lease, retryCount: maxTries }, undefined, few);
    expect(await view()).toMatchObject({ state: "failed", failure: expect.stringContaining("its worker ended each time"), results: null });
  });

  test("of a work area that cannot be used says so, and keeps what was found before", async () => {
    await found({ PutObjectTagging: "works" });
    await engine.db.connection.update({ where: { id: connectionId }, data: { workBucket: "nowhere" } });
    await askProbe(admin(), connectionId);
    await probeNext();
    expect(await view()).toMatchObject({ state: "failed", failure: expect.stringMatching(/There is no bucket nowhere/), results: [{ verdict: "works" }] });
    await engine.db.connection.update({ where: { id: connectionId }, data: { workBucket: "work" } });
  });

  test("names no key in what it says, whatever the store quotes", async () => {
    const { endpoint } = await engine.db.connection.findUniqueOrThrow({ where: { id: connectionId } });
    const target = { endpoint, region: "us-east-1", addressing: "path" as const, accessKeyId: "CONNECTIONKEY", secretAccessKey: "connection-secret" };
    const words = "<Error><Code>Odd</Code><Message>CONNECTIONKEY signed it with connection-secret</Message></Error>";
    const hostile = await startHostileStore(target, "work", async (request, pass) =>
      request.query.tagging === undefined ? pass(request) : { status: 400, headers: {}, body: words },
    );
    await engine.db.connection.update({ where: { id: connectionId }, data: { endpoint: hostile.endpoint } });
    await askProbe(admin(), connectionId);
    await probeNext().finally(hostile.close);
    await engine.db.connection.update({ where: { id: connectionId }, data: { endpoint } });
    expect((await view()).results?.at(-1)).toMatchObject({ verdict: "refused", reason: "The store refuses it: 400 Odd: … signed it with …" });
  });
});

describe("a job on a store that does wrongly what it needs", () => {
  test("is not made", async () => {
    await found({ PutObjectTagging: "damages" });
    await expect(engine.create(rowsOf(["a"]))).rejects.toMatchObject({
      code: "InvalidRequest",
      issues: [{ path: "Operation", message: expect.stringMatching(/not trusted with this.*PutObjectTagging.*As the test says/) }],
    });
  });

  test("is made as a dry run, which only reads", async () => {
    const [key] = await engine.objects(1, "dry ");
    await found({ PutObjectTagging: "damages" });
    expect(await engine.run(await engine.create(rowsOf([key as string]), { DryRun: true }))).toMatchObject({ status: "Complete", succeededTasks: 1 });
  });

  test("is made where only versions are done wrongly, and its list names none", async () => {
    await found({ PutObjectVersionTagging: "damages" });
    await engine.create(rowsOf(["a"]));
    await expect(engine.create(["data,a,v1"], {}, ["Bucket", "Key", "VersionId"])).rejects.toMatchObject({ code: "InvalidRequest" });
    await engine.boss.deleteAllJobs("prepare");
  });

  test("is made while nobody has tried the store", async () => {
    const [key] = await engine.objects(1, "unprobed ");
    expect((await engine.run(await engine.create(rowsOf([key as string])))).status).toBe("Complete");
  });

  test("made before the probe fails when it is prepared", async () => {
    const jobId = await engine.create(rowsOf(["a"]));
    await found({ PutObjectTagging: "damages" });
    await engine.prepareNext();
    expect(await engine.details(jobId)).toMatchObject({ status: "Failed", failureReasons: [{ FailureCode: "StoreNotTrusted" }] });
  });

  test("prepared before the probe is not confirmed", async () => {
    const jobId = await engine.create(rowsOf(await engine.objects(1, "unconfirmed ")));
    await engine.prepareNext();
    await found({ PutObjectTagging: "ignored" });
    await expect(engine.confirm(jobId)).rejects.toMatchObject({ code: "Conflict", message: expect.stringContaining("PutObjectTagging") });
  });

  test("confirmed before the probe fails before any object is touched", async () => {
    const [key] = (await engine.objects(1, "confirmed ")) as [string];
    const jobId = await engine.create(rowsOf([key]));
    await engine.prepareNext();
    await engine.confirm(jobId);
    await found({ PutObjectTagging: "damages" });
    await engine.executeNext();
    await engine.reportNext();
    expect(await engine.details(jobId)).toMatchObject({ status: "Failed", succeededTasks: 0, failureReasons: [{ FailureCode: "StoreNotTrusted" }] });
    expect(await engine.text("data", key)).toBe(key);
  });
});

describe("the review", () => {
  const findings = async () => {
    const jobId = await engine.create(rowsOf(await engine.objects(1, "reviewed ")));
    await engine.prepareNext();
    while ((await engine.details(jobId)).preflight === null && (await engine.preflightNext()));
    return (await engine.details(jobId)).preflight?.findings.filter(({ check }) => check === "checks");
  };

  test("warns of a store that nobody has tried", async () => {
    expect(await findings()).toMatchObject([{ state: "warning", message: expect.stringContaining("Nobody has tried") }]);
  });

  test("says what of the store is not known", async () => {
    await found({ PutObjectTagging: "untried", ObjectKeys: "works" });
    expect(await findings()).toMatchObject([{ state: "unknown", message: expect.stringContaining("could not try PutObjectTagging") }]);
  });

  test("says that a probed store does what the job needs", async () => {
    await found({ PutObjectTagging: "works", ObjectKeys: "works" });
    expect(await findings()).toMatchObject([{ state: "ok" }]);
  });
});

test("a store that names itself differently than when it was probed is probed anew", async () => {
  await found({ PutObjectTagging: "works" });
  await engine.db.probe.update({ where: { connectionId }, data: { server: "OldStore/1", serverSeen: "OldStore/1" } });
  await engine.create(rowsOf(await engine.objects(1, "server ")));
  await engine.prepareNext();
  expect(await view()).toMatchObject({
    state: "waiting",
    askedBy: "Longshore",
    server: "OldStore/1",
    serverNow: "LongshoreSandbox",
    results: [{ verdict: "works" }],
  });
  await probeNext();
  expect(await view()).toMatchObject({ state: "done", server: "LongshoreSandbox", serverNow: null });
});
