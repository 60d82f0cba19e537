import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createBoss } from "../db/boss.ts";
import { createDb, type Db } from "../db/client.ts";
import { JobStatus, type PersonRole } from "../db/generated/enums.ts";
import { changeJobs, foreseeChanges } from "./change-jobs.ts";
import type { Context } from "./context.ts";
import type { JobAction } from "./job-actions.ts";
import { reportQueue } from "./queues.ts";
import { accountId, storeJob, storeRole } from "./testing/store-job.ts";

const now = new Date("2026-11-28T12:00:00Z");
let database: TestDatabase;
let db: Db;
let boss: Context["boss"];
let roleId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  boss = createBoss(database.url);
  await boss.start();
  await boss.createQueue(reportQueue);
  roleId = await storeRole(db);
});

afterAll(async () => {
  await boss.stop({ graceful: false });
  await db.$disconnect();
  await database.drop();
});

const as = (role: PersonRole): Context => ({ db, boss, accountId, now: () => now, caller: { userId: null, name: `${role}@example.com`, role } });

const makeJob = (status: JobStatus, more: { accountId?: string; pausedBy?: string; totalTasks?: number; succeededTasks?: number } = {}) =>
  storeJob(db, roleId, { description: `${status} job`, status, ...more });
const statusOf = async (id: string) => (await db.job.findUniqueOrThrow({ where: { id } })).status;

test("of many jobs those are cancelled that can be, and it is told which were not and why", async () => {
  const [active, suspended, ended] = [await makeJob("Active"), await makeJob("Suspended"), await makeJob("Complete")];
  const other = await makeJob("Active", { accountId: "999999999999" });
  const gone = randomUUID();
  const made = await changeJobs(as("operator"), {
    jobIds: [active, ended, other, gone, suspended, active],
    change: { action: "cancel", reason: "Not needed" },
  });
  expect(made.changed.sort()).toEqual([active, suspended].sort());
  expect(made.unchanged).toHaveLength(3);
  expect(made.unchanged).toEqual(
    expect.arrayContaining([
      { jobId: ended, description: "Complete job", reason: "The job is Complete, which does not allow this." },
      // Nobody learns what another account's job is called.
      { jobId: other, description: "", reason: `There is no job ${other}.` },
      { jobId: gone, description: "", reason: `There is no job ${gone}.` },
    ]),
  );
  expect(await Promise.all([active, suspended, ended, other].map(statusOf))).toEqual(["Cancelling", "Cancelling", "Complete", "Active"]);
  const events = await db.jobEvent.findMany({ where: { jobId: { in: [active, suspended] } } });
  expect(events.map(({ actor, type, detail }) => [actor, type, detail])).toEqual(Array(2).fill(["operator@example.com", "cancel", "Not needed"]));
});

test("priorities are changed, and jobs paused and resumed", async () => {
  const jobIds = [await makeJob("Active"), await makeJob("Ready")];
  expect((await changeJobs(as("operator"), { jobIds, change: { action: "priority", priority: 77 } })).changed).toHaveLength(2);
  expect((await db.job.findMany({ where: { id: { in: jobIds } } })).map((job) => job.priority)).toEqual([77, 77]);
  expect((await changeJobs(as("operator"), { jobIds, change: { action: "pause" } })).changed).toHaveLength(2);
  expect((await changeJobs(as("operator"), { jobIds, change: { action: "pause" } })).unchanged.map((job) => job.reason)).toEqual(
    Array(2).fill("operator@example.com has paused this job already."),
  );
  expect((await changeJobs(as("operator"), { jobIds, change: { action: "resume" } })).changed).toHaveLength(2);
});

test("what cannot be foreseen for one job stops no other", async () => {
  const jobIds = [await makeJob("Active"), await makeJob("Active"), await makeJob("Active")];
  // The database refuses one of the three.
  await db.$executeRawUnsafe(`
    CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.id = '${jobIds[1]}' THEN RAISE EXCEPTION 'out of order'; END IF; RETURN NEW; END $$`);
  await db.$executeRawUnsafe(`CREATE TRIGGER refuse_one BEFORE UPDATE ON "Job" FOR EACH ROW EXECUTE FUNCTION refuse_one()`);
  const made = await changeJobs(as("admin"), { jobIds, change: { action: "cancel" } });
  await db.$executeRawUnsafe(`DROP TRIGGER refuse_one ON "Job"`);
  expect(made.changed.sort()).toEqual([jobIds[0], jobIds[2]].sort());
  expect(made.unchanged).toEqual([{ jobId: jobIds[1], description: "Active job", reason: "Something went wrong in the console. Try again." }]);
  expect(await Promise.all(jobIds.map(statusOf))).toEqual(["Cancelling", "Active", "Cancelling"]);
});

test("viewers change nothing, and nobody more than 1,000 jobs at once", async () => {
  const jobId = await makeJob("Active");
  for (const action of ["cancel", "pause", "resume"] as const)
    await expect(changeJobs(as("viewer"), { jobIds: [jobId], change: { action } })).rejects.toMatchObject({ code: "Forbidden" });
  await expect(changeJobs(as("viewer"), { jobIds: [jobId], change: { action: "priority", priority: 1 } })).rejects.toMatchObject({ code: "Forbidden" });
  await expect(foreseeChanges(as("viewer"), { jobIds: [jobId], action: "cancel" })).rejects.toMatchObject({ code: "Forbidden" });
  await expect(changeJobs(as("admin"), { jobIds: Array.from({ length: 1001 }, () => randomUUID()), change: { action: "pause" } })).rejects.toThrow(/1000/);
  await expect(changeJobs(as("admin"), { jobIds: [], change: { action: "pause" } })).rejects.toThrow(/at least one/);
  expect(await statusOf(jobId)).toBe("Active");
});

test("what is foreseen is what then happens, for every status and change", async () => {
  const actions: JobAction[] = ["cancel", "priority", "pause", "resume"];
  for (const action of actions) {
    const jobIds = await Promise.all(Object.values(JobStatus).flatMap((status) => [makeJob(status), makeJob(status, { pausedBy: "ada@example.com" })]));
    const foreseen = await foreseeChanges(as("operator"), { jobIds, action });
    const made = await changeJobs(as("operator"), { jobIds, change: action === "priority" ? { action, priority: 5 } : { action } });
    expect(foreseen.able.sort(), action).toEqual(made.changed.sort());
    expect(foreseen.unable.map((job) => job.jobId).sort(), action).toEqual(made.unchanged.map((job) => job.jobId).sort());
    expect(foreseen.unable.every((job) => job.reason !== "")).toBe(true);
  }
});

test("the question before it tells how much has run already", async () => {
  const jobIds = [await makeJob("Active", { totalTasks: 100, succeededTasks: 30 }), await makeJob("Complete", { totalTasks: 9, succeededTasks: 9 })];
  expect(await foreseeChanges(as("operator"), { jobIds: [...jobIds, randomUUID()], action: "cancel" })).toMatchObject({
    able: [jobIds[0]],
    unable: [
      { description: "Complete job", reason: "Has ended" },
      { description: "", reason: "Does not exist any more" },
    ],
    tasks: 100,
    tasksRun: 30,
  });
});
