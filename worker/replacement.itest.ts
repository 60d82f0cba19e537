import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askAgain } from "#lib/jobs/ask-again.ts";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { commentOnJob } from "#lib/jobs/comment-on-job.ts";
import { maxComments } from "#lib/jobs/conversation-limits.ts";
import { createJob } from "#lib/jobs/create-job.ts";
import { listJobs } from "#lib/jobs/list-jobs.ts";
import { sendBackJob } from "#lib/jobs/send-back-job.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

let engine: Engine;
let keys: string[];
beforeAll(async () => {
  engine = await startEngine();
  keys = await engine.objects(3);
});
afterAll(() => engine.stop());

const suspended = async (): Promise<string> => {
  const jobId = await engine.create(rowsOf(keys), { Note: "The archive is read by nobody" });
  // Cancelled jobs of the test before are passed over first.
  while ((await engine.details(jobId)).status !== "Suspended" && (await engine.prepareNext()));
  return jobId;
};
const sendBack = (jobId: string) => sendBackJob(engine.as("reviewer", "rita"), { jobId, reason: "Two tags, please" });
const replace = (jobId: string, token = randomUUID()) => engine.create(rowsOf(keys), { Replaces: jobId, ClientRequestToken: token });
const confirmable = async () => (await engine.db.job.findMany({ where: { status: { in: ["New", "Preparing", "Suspended"] } } })).map(({ id }) => id);
/** Leaves nothing behind for the next test. */
const clear = async () => {
  for (const jobId of await confirmable()) await cancelJob(engine.as("operator"), { jobId });
  while (await engine.reportNext());
};

it("keeps why a job is wanted as its first comment", async () => {
  const jobId = await suspended();
  const { events, createdAt } = await engine.details(jobId);
  expect(events.slice(0, 2)).toMatchObject([
    { type: "create", at: createdAt },
    { type: "comment", actor: "operator", detail: "The archive is read by nobody", at: createdAt },
  ]);
  await clear();
});

it("shows what was said however much else happened", async () => {
  const jobId = await suspended();
  await engine.db.jobEvent.createMany({ data: Array.from({ length: 600 }, () => ({ jobId, actor: "script", type: "priority", detail: "1 → 2" })) });
  await commentOnJob(engine.as("operator", "ada"), { jobId, comment: "Still there" });
  const { events } = await engine.details(jobId);
  expect(events.filter(({ type }) => type === "comment").map(({ detail }) => detail)).toEqual(["The archive is read by nobody", "Still there"]);
  expect(events.length).toBeLessThanOrEqual(500 + maxComments);
  expect(events.map(({ id }) => Number(id))).toEqual(events.map(({ id }) => Number(id)).sort((a, b) => a - b));
  await clear();
});

it("says in the list and in the details that a job was sent back, to the caller's role", async () => {
  const jobId = await suspended();
  await engine.checkFirst(jobId);
  await sendBack(jobId);
  const { jobs } = await listJobs(engine.as("viewer"), { q: jobId });
  expect(jobs).toMatchObject([{ id: jobId, status: "Suspended", sentBack: true }]);
  expect(await engine.details(jobId)).toMatchObject({
    sentBack: true,
    sentBackBy: { actor: "rita", name: null, reason: "Two tags, please" },
    actions: { confirm: false, sendBack: false, askAgain: false, replace: false, comment: false },
  });
  await expect(engine.confirm(jobId)).rejects.toMatchObject({ code: "Conflict", message: expect.stringContaining("rita has sent this job back") });
  await askAgain(engine.as("operator"), { jobId, comment: "There is one only" });
  expect(await engine.details(jobId)).toMatchObject({ sentBack: false, sentBackBy: null });
  await engine.confirm(jobId);
  await cancelJob(engine.as("operator"), { jobId });
  await clear();
});

describe("a job in place of another one", () => {
  it("is made and the other cancelled, both or neither", async () => {
    const before = await suspended();
    await sendBack(before);
    const after = await replace(before);
    expect(await engine.details(before)).toMatchObject({
      status: "Cancelling",
      sentBack: false,
      replacedBy: after,
      statusUpdateReason: `Replaced by job ${after}`,
    });
    expect(await engine.details(after)).toMatchObject({ status: "New", replaces: before });
    expect(await confirmable()).toEqual([after]);
    await clear();
  });

  it("is not made where the death of the console, or a wrong request, ends it in the middle", async () => {
    const before = await suspended();
    const dying = { ...engine.as("operator"), boss: new Proxy(engine.boss, { get: dies }) };
    await expect(createJob(dying, await requestOf(before))).rejects.toThrow("killed");
    await expect(createJob(engine.as("operator"), { ...(await requestOf(before)), RoleArn: "arn:aws:iam::123456789012:role/none" })).rejects.toMatchObject({
      code: "InvalidRequest",
    });
    expect(await confirmable()).toEqual([before]);
    expect(await engine.details(before)).toMatchObject({ status: "Suspended", replacedBy: null });
    await clear();
  });

  it("is one: of two people at once the second is told of the first's", async () => {
    const before = await suspended();
    const both = await Promise.allSettled([replace(before), replace(before)]);
    expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    const made = both.find((outcome) => outcome.status === "fulfilled")?.value;
    expect(both.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({
      code: "Conflict",
      message: expect.stringContaining(`replaced already, by job ${made}`),
      issues: [{ path: "Replaces" }],
    });
    expect(await confirmable()).toEqual([made]);
    await clear();
  });

  it("asked for twice with one token is one job", async () => {
    const before = await suspended();
    const request = await requestOf(before);
    const both = await Promise.all([createJob(engine.as("operator"), request), createJob(engine.as("operator"), request)]);
    expect(new Set(both.map(({ jobId }) => jobId)).size).toBe(1);
    expect(await createJob(engine.as("operator"), request)).toEqual(both[0]);
    await clear();
  });

  it("is not made of one that somebody has let run meanwhile, nor for a viewer", async () => {
    const before = await suspended();
    const request = await requestOf(before);
    await expect(createJob(engine.as("viewer"), request)).rejects.toMatchObject({ code: "Forbidden" });
    await expect(createJob(engine.as("operator"), { ...request, Replaces: randomUUID() })).rejects.toMatchObject({ code: "NotFound" });
    await engine.confirm(before);
    await expect(createJob(engine.as("operator"), request)).rejects.toMatchObject({ code: "Conflict", message: expect.stringContaining("is Ready now") });
    expect(await confirmable()).toEqual([]);
    await cancelJob(engine.as("operator"), { jobId: before });
    await clear();
  });
});

/** The same job once more, in place of that one. */
async function requestOf(Replaces: string) {
  const { definition, priority } = await engine.details(Replaces);
  return { ...definition, Priority: priority, ClientRequestToken: randomUUID(), Replaces };
}

/** The last thing that makes a job: it never comes to that. */
function dies(boss: Engine["boss"], name: string | symbol): unknown {
  if (name !== "send") return Reflect.get(boss, name);
  return (queue: string, ...rest: [object, object]) => (queue === "prepare" ? Promise.reject(new Error("killed")) : boss.send(queue, ...rest));
}
