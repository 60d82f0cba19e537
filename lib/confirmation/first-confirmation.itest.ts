import { afterAll, afterEach, describe, expect, it } from "vitest";
import { describeJob } from "../jobs/describe-job.ts";
import { sendBackJob } from "../jobs/send-back-job.ts";
import { takeBackConfirmation } from "../jobs/take-back-confirmation.ts";
import { noRules } from "./rules.ts";
import { b, startPolicyWorld } from "./testing/policy-world.ts";

const { db, ids, now, olga, rita, rob, demand, makeJob, confirm, statusOf, eventsOf, outcome, stop } = await startPolicyWorld();
afterEach(() => demand(noRules));
afterAll(stop);

describe("a first confirmation", () => {
  it("is in the timeline, and so is the second", async () => {
    await demand(b);
    const jobId = await makeJob("forever", "olga", ["No right"]);
    await confirm(rita(), jobId);
    await confirm(rob(), jobId);
    expect(await eventsOf(jobId)).toEqual([
      ["first-confirmation", "1 of 2; in spite of an error of its checks"],
      ["confirm", "2 of 2; in spite of an error of its checks"],
    ]);
  });

  it("is taken back by who gave it, and by nobody else", async () => {
    await demand(b);
    const jobId = await makeJob("forever", "olga");
    await confirm(rita(), jobId);
    await expect(takeBackConfirmation(rob(), { jobId })).rejects.toMatchObject({ code: "Conflict" });
    await expect(takeBackConfirmation(olga(), { jobId })).rejects.toMatchObject({ code: "Forbidden" });
    expect((await describeJob(rita(), jobId)).actions.takeBack).toBe(true);
    await takeBackConfirmation(rita(), { jobId });
    const [entry] = await db.auditEntry.findMany({ where: { action: "job.take-back", targetId: jobId } });
    expect(entry).toMatchObject({ before: { confirmedBy: [rita().caller.name], definitionDigest: expect.any(String) }, after: { confirmedBy: [] } });
    expect(await outcome(rob(), jobId)).toBe("waits");
    expect(await outcome(rita(), jobId)).toBe("runs");
    await expect(takeBackConfirmation(rob(), { jobId })).rejects.toMatchObject({ code: "JobStatus" });
  });

  it("is void when the job is sent back", async () => {
    await demand(b);
    const jobId = await makeJob("forever", "olga");
    await confirm(rita(), jobId);
    await sendBackJob(rob(), { jobId, reason: "Not so" });
    expect(await db.jobConfirmation.count({ where: { jobId } })).toBe(0);
    expect(await eventsOf(jobId)).toContainEqual(["void-confirmation", "That of rita: the job was sent back"]);
    const entry = await db.auditEntry.findFirst({ where: { action: "job.send-back", targetId: jobId } });
    expect(entry).toMatchObject({ before: { confirmedBy: [rita().caller.name] }, after: { confirmedBy: [] } });
  });

  it("does not count once its giver has lost the right", async () => {
    await demand(b);
    const jobId = await makeJob("forever", "olga");
    await confirm(rita(), jobId);
    await db.user.update({ where: { id: ids.rita ?? "" }, data: { role: "operator" } });
    expect(await outcome(rob(), jobId)).toBe("waits");
    await db.user.update({ where: { id: ids.rita ?? "" }, data: { role: "reviewer", disabledAt: now } });
    expect(await outcome(rob(), jobId)).toBe("Conflict");
    expect((await describeJob(rob(), jobId)).confirmation?.given).toHaveLength(1);
    await db.user.update({ where: { id: ids.rita ?? "" }, data: { disabledAt: null } });
  });

  it("is for no more objects than either has wished", async () => {
    await demand(b);
    const [small, large] = [await makeJob("forever", "olga"), await makeJob("forever", "olga")];
    await confirm(rita(), small, { canaryTasks: 2 });
    await confirm(rob(), small);
    await confirm(rita(), large, { canaryTasks: 3 });
    await confirm(rob(), large, { canaryTasks: 1 });
    const until = async (id: string) => (await db.job.findUniqueOrThrow({ where: { id } })).canaryUntil;
    expect([await until(small), await until(large)]).toEqual([2n, 1n]);
    expect((await eventsOf(small)).at(-1)).toEqual(["confirm", "2 of 2; the first 2 objects, then ask again"]);
  });

  it("is none any more where the policy no longer asks for two", async () => {
    await demand(b);
    const jobId = await makeJob("forever", "olga");
    await confirm(rita(), jobId, { canaryTasks: 1 });
    await demand(noRules);
    expect(await outcome(rita(), jobId)).toBe("runs");
    expect((await db.job.findUniqueOrThrow({ where: { id: jobId } })).canaryUntil).toBeNull();
  });
});

describe("at once", () => {
  it("two people are two, and the job runs once", async () => {
    await demand(b);
    for (let round = 0; round < 5; round++) {
      const jobId = await makeJob("forever", "olga");
      const both = await Promise.all([confirm(rita(), jobId), confirm(rob(), jobId)]);
      expect(both.map(({ given }) => given).sort()).toEqual([1, 2]);
      expect((await eventsOf(jobId)).map(([type]) => type)).toEqual(["first-confirmation", "confirm"]);
    }
  });

  it("one person is one", async () => {
    await demand(b);
    for (let round = 0; round < 5; round++) {
      const jobId = await makeJob("forever", "olga");
      const both = await Promise.allSettled([confirm(rita(), jobId), confirm(rita(), jobId)]);
      expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await statusOf(jobId)).toBe("Suspended");
      expect(await db.jobConfirmation.count({ where: { jobId } })).toBe(1);
    }
  });
});

it("keeps nothing of a confirmation whose writer died in the middle", async () => {
  await demand(b);
  const jobId = await makeJob("forever", "olga");
  // The last that the first confirmation writes never comes to be.
  await db.$executeRawUnsafe(`
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.type IN ('first-confirmation', 'confirm') THEN RAISE EXCEPTION 'killed'; END IF; RETURN NEW; END $$`);
  const dies = () => db.$executeRawUnsafe(`CREATE TRIGGER die BEFORE INSERT ON "JobEvent" FOR EACH ROW EXECUTE FUNCTION die()`);
  const lives = () => db.$executeRawUnsafe(`DROP TRIGGER die ON "JobEvent"`);
  await dies();
  await expect(confirm(rita(), jobId)).rejects.toThrow("killed");
  await lives();
  expect(await db.jobConfirmation.count({ where: { jobId } })).toBe(0);
  expect(await outcome(rita(), jobId)).toBe("waits");
  await dies();
  await expect(confirm(rob(), jobId)).rejects.toThrow("killed");
  await lives();
  expect([await statusOf(jobId), await db.jobConfirmation.count({ where: { jobId } })]).toEqual(["Suspended", 1]);
  expect(await outcome(rob(), jobId)).toBe("runs");
});
