import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { updateConfirmationPolicy } from "#lib/confirmation/confirmation-policy.ts";
import { type ConfirmationRules, noRules } from "#lib/confirmation/rules.ts";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { confirmJob } from "#lib/jobs/confirm-job.ts";
import type { Context } from "#lib/jobs/context.ts";
import { expireJobs } from "#lib/jobs/expire-jobs.ts";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { askPreflight } from "#lib/preflight/ask-preflight.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

let engine: Engine;
let keys: string[];
let [rita, rob]: Context[] = [];
beforeAll(async () => {
  engine = await startEngine();
  keys = await engine.objects(6);
  [rita, rob] = [await engine.person("reviewer", "rita"), await engine.person("reviewer", "rob")];
});
afterAll(() => engine.stop());

const demand = (rules: Partial<ConfirmationRules>) => updateConfirmationPolicy(engine.as("admin"), { ...noRules, ...rules });
afterEach(async () => {
  await demand(noRules);
  engine.deny("data");
});

async function prepared(more: Partial<CreateJobInput> = {}): Promise<string> {
  const jobId = await engine.create(rowsOf(keys), more);
  await engine.prepareNext();
  await engine.checkFirst(jobId);
  return jobId;
}
/** Confirms what the job shows this person now. */
async function confirm(ctx: Context | undefined, jobId: string, more: { canaryTasks?: number } = {}) {
  const { definitionDigest, preflight, succeededTasks, failedTasks } = await engine.details(jobId);
  const seen = { definitionDigest, acknowledgedPreflight: preflight?.checkedAt, tasksRun: succeededTasks + failedTasks };
  return confirmJob(ctx as Context, { jobId, ...seen, ...more });
}
const given = async (jobId: string) => (await engine.details(jobId)).confirmation?.given.map(({ name }) => name);
const cancel = async (jobId: string) => {
  await cancelJob(engine.as("admin"), { jobId });
  while (await engine.reportNext());
};
const runAll = async () => {
  while (await engine.executeNext());
};

it("runs with the second person's confirmation, and not a task before", async () => {
  await demand({ twoForObjectsOver: 5 });
  const jobId = await prepared();
  await confirm(rita, jobId);
  expect(await engine.executeNext()).toBe(false);
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", chunks: { Pending: 1 } });
  await confirm(rob, jobId);
  await runAll();
  await engine.reportNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Complete", succeededTasks: 6, confirmation: null });
});

it("asks both of them again for what a canary has left", async () => {
  await demand({ twoForObjectsOver: 5 });
  const jobId = await prepared();
  await confirm(rita, jobId, { canaryTasks: 2 });
  await confirm(rob, jobId);
  await runAll();
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", succeededTasks: 2, confirmation: { needed: 2, given: [] } });
  await confirm(rob, jobId);
  await runAll();
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", succeededTasks: 2, confirmation: { given: [{ name: "rob" }] } });
  await confirm(rita, jobId);
  await runAll();
  await engine.reportNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Complete", succeededTasks: 6 });
});

describe("a further check", () => {
  const check = async (jobId: string) => {
    engine.advance(1000);
    await askPreflight(engine.as("operator"), { jobId });
    await engine.preflightNext();
  };

  it("that finds the same leaves a first confirmation as it is", async () => {
    await demand({ twoForObjectsOver: 5 });
    const jobId = await prepared();
    await confirm(rita, jobId);
    await check(jobId);
    expect(await given(jobId)).toEqual(["rita"]);
    await cancel(jobId);
  });

  it("that finds other errors makes it void, and so does one that finds them gone", async () => {
    await demand({ twoForObjectsOver: 5 });
    const jobId = await prepared();
    await confirm(rita, jobId);
    engine.deny("data", "s3:PutObjectTagging");
    await check(jobId);
    const { preflight, events } = await engine.details(jobId);
    expect(preflight?.findings.some(({ state }) => state === "error")).toBe(true);
    expect(await given(jobId)).toEqual([]);
    expect(events.at(-1)).toMatchObject({
      type: "void-confirmation",
      actor: "Longshore",
      detail: expect.stringContaining("That of rita: the job was checked again"),
    });
    await confirm(rob, jobId);
    await check(jobId);
    expect(await given(jobId)).toEqual(["rob"]);
    engine.deny("data");
    await check(jobId);
    expect(await given(jobId)).toEqual([]);
    await cancel(jobId);
  });
});

it("forgets a first confirmation with the job that nobody confirms in time", async () => {
  await demand({ twoForObjectsOver: 5 });
  const jobId = await prepared();
  await confirm(rita, jobId);
  engine.advance(31 * 24 * 3_600_000);
  expect(await expireJobs(engine.ctx)).toContain(jobId);
  expect(await engine.db.jobConfirmation.count()).toBe(0);
  engine.advance(-31 * 24 * 3_600_000);
});

describe("a job that asks for no confirmation", () => {
  const without = { ConfirmationRequired: false };

  it("runs by itself where the policy asks for nothing", async () => {
    const jobId = await engine.create(rowsOf(keys), without);
    await engine.prepareNext();
    expect(await engine.details(jobId)).toMatchObject({ status: "Ready", confirmation: null });
    await cancel(jobId);
  });

  it("is refused where nobody confirms their own, in words; a dry run is not", async () => {
    await demand({ notByCreator: true });
    await expect(engine.create(rowsOf(keys), without)).rejects.toMatchObject({
      code: "InvalidRequest",
      issues: [{ path: "ConfirmationRequired", message: expect.stringContaining("must be true: the confirmation policy") }],
    });
    const jobId = await engine.create(rowsOf(keys), { ...without, DryRun: true });
    await engine.prepareNext();
    expect(await engine.details(jobId)).toMatchObject({ status: "Ready" });
    await cancel(jobId);
  });

  it.each<[string, Partial<ConfirmationRules>, string]>([
    ["has more objects than one person may confirm", { twoForObjectsOver: 5 }, "Suspended"],
    ["has as many as one may", { twoForObjectsOver: 6 }, "Ready"],
    ["was created before nobody confirmed their own", { notByCreator: true }, "Suspended"],
  ])("and %s", async (_name, rules, status) => {
    const jobId = await engine.create(rowsOf(keys), without);
    await demand(rules);
    await engine.prepareNext();
    expect(await engine.details(jobId)).toMatchObject({ status, confirmationRequired: status === "Suspended" });
    if (status === "Suspended") {
      await engine.checkFirst(jobId);
      const { events, preflight, duplicateRows } = await engine.details(jobId);
      expect(events.find(({ type }) => type === "suspend")?.detail).toBe("6 objects; the confirmation policy asks for a confirmation");
      // All that a review shows is there.
      expect(preflight).not.toBeNull();
      expect(duplicateRows).not.toBeNull();
    }
    await cancel(jobId);
  });
});
