import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { seal } from "#lib/auth/secret-box.ts";
import { resumeJob } from "#lib/jobs/resume-job.ts";
import type { SandboxRole } from "../sandbox/start-sandbox.ts";
import { type Engine, roleArn, rowsOf, secret, startEngine } from "./testing/engine-harness.ts";

const assumed: SandboxRole = { name: "jobs", externalId: "longshore" };
const minute = 60_000;

let engine: Engine;
let keys: string[];
/** Times that STS was asked. */
let asked = 0;
beforeAll(async () => {
  engine = await startEngine(undefined, { roles: [assumed] });
  keys = await engine.objects(600);
  await engine.db.executionRole.update({
    where: { arn: roleArn },
    data: {
      accessKeyId: "",
      secretEncrypted: "",
      assumedRoleArn: "arn:aws:iam::000000000000:role/jobs",
      externalId: "longshore",
      sessionSeconds: 3_600,
      stsAccessKeyId: "ROLEKEY",
      stsSecretEncrypted: seal("role-secret", secret),
    },
  });
});
beforeEach(() => {
  asked = 0;
  engine.sandbox.faults.add({
    operation: "AssumeRole",
    choose: () => {
      asked += 1;
      return undefined;
    },
  });
});
afterEach(() => {
  assumed.externalId = "longshore";
  engine.sandbox.faults.clear();
});
afterAll(() => engine.stop());

/** Calls back at each `every`th task that the store gets. */
function atEvery(every: number, then: () => void, times = Number.POSITIVE_INFINITY): void {
  let tasks = 0;
  let left = times;
  engine.sandbox.faults.add({
    operation: "PutObjectTagging",
    choose: () => {
      tasks += 1;
      if (tasks % every === 0 && left > 0) {
        left -= 1;
        then();
      }
      return undefined;
    },
  });
}
/** The store's sessions end before they should, by our clock. */
const endSessions = () => {
  engine.sandbox.advance(61 * minute);
  engine.advance(11_000);
};

it("a job outlives its sessions, which end without a word while its tasks run", async () => {
  const jobId = await engine.create(rowsOf(keys));
  atEvery(150, endSessions);
  expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 600, failedTasks: 0, errors: [] });
  // To prepare, to check, to run and to report, and each time that a session had ended.
  expect(asked).toBeGreaterThanOrEqual(4 + 3);
  const rows = await engine.rows(jobId);
  expect(new Set(rows.map((row) => row.key)).size).toBe(600);
  expect(rows).toHaveLength(600);
});

it("new keys are asked for before the present ones end, so that the store refuses none", async () => {
  const jobId = await engine.create(rowsOf(keys));
  await engine.prepareNext();
  await engine.confirm(jobId);
  const before = asked;
  // The store ends no session: what asks for others can only be the engine's own clock. It looks once a second.
  const heal = engine.sandbox.faults.add({ operation: "PutObjectTagging", delay: 40 });
  atEvery(300, () => engine.advance(50 * minute), 1);
  while (await engine.runner.runNext());
  heal();
  await engine.reportNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Complete", succeededTasks: 600, failedTasks: 0 });
  expect(asked - before).toBeGreaterThanOrEqual(2);
});

it("a role that may no longer be assumed pauses the job with what to do, and costs no task", async () => {
  const jobId = await engine.create(rowsOf(keys));
  atEvery(
    200,
    () => {
      assumed.externalId = "another";
      endSessions();
    },
    1,
  );
  await engine.prepareNext();
  await engine.confirm(jobId);
  while (await engine.runner.runNext());
  const held = await engine.details(jobId);
  expect(held).toMatchObject({ status: "Paused", failedTasks: 0 });
  expect(held.succeededTasks).toBeLessThan(600);
  const said = held.events.findLast(({ type }) => type === "pause");
  expect(said?.actor).toBe("Longshore");
  expect(said?.detail).toMatch(/cannot be assumed.*AccessDenied.*trust policy, the external id.*resume the job/);
  const told = await engine.ctx.db.notification.findMany({ where: { jobId, event: "paused" } });
  expect(told).toMatchObject([{ subject: { actor: "Longshore", detail: said?.detail } }]);

  assumed.externalId = "longshore";
  engine.advance(3_000);
  await resumeJob(engine.as("operator"), { jobId });
  while (await engine.runner.runNext());
  await engine.reportNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Complete", succeededTasks: 600, failedTasks: 0 });
  expect(new Set((await engine.rows(jobId)).map((row) => row.key)).size).toBe(600);
});

it("STS that is away for a while is waited for", async () => {
  const jobId = await engine.create(rowsOf(keys));
  atEvery(
    200,
    () => {
      engine.sandbox.faults.add({ operation: "AssumeRole", answer: "drop", times: 2 });
      endSessions();
    },
    1,
  );
  expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 600, failedTasks: 0 });
});

it("a job that is made with a role that cannot be assumed fails while it is prepared, and says why", async () => {
  assumed.externalId = "another";
  const jobId = await engine.create(rowsOf(keys.slice(0, 2)));
  await engine.prepareNext();
  const job = await engine.details(jobId);
  expect(job.status).toBe("Failed");
  expect(JSON.stringify(job.failureReasons)).toMatch(/AssumeRoleRefused.*external id/);
});

it("a review is told that the role cannot be assumed any more", async () => {
  const jobId = await engine.create(rowsOf(keys.slice(0, 2)));
  await engine.prepareNext();
  assumed.externalId = "another";
  await engine.checkFirst(jobId);
  const { preflight } = await engine.details(jobId);
  expect(preflight?.findings).toMatchObject([{ state: "error", message: expect.stringMatching(/cannot be assumed/) }]);
});
