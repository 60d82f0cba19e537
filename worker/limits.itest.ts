import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createAccessKey } from "#lib/auth/access-keys/create-access-key.ts";
import { revokeAccessKey } from "#lib/auth/access-keys/revoke-access-key.ts";
import { createPerson } from "#lib/auth/create-person.ts";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import type { Context } from "#lib/jobs/context.ts";
import { createJob } from "#lib/jobs/create-job.ts";
import { maxNewKeysPerDay } from "#lib/limits.ts";
import { type Engine, roleArn, startEngine } from "./testing/engine-harness.ts";

/** What a person may have too much of: each refusal says the limit. */
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());
afterEach(() => {
  delete process.env.LONGSHORE_MAX_JOBS_PER_PERSON;
  delete process.env.LONGSHORE_MAX_MANIFEST_ROWS;
});

async function person(name: string): Promise<Context> {
  const email = `${name}-${randomUUID()}@example.com`;
  const { userId } = await createPerson(engine.db, { email, password: "correct horse battery", name, role: "operator" });
  return { ...engine.as("operator"), caller: { userId, name: email, role: "operator" } };
}

const create = (ctx: Context) =>
  createJob(ctx, {
    Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data" }] } },
    Manifest: {
      Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
      Location: { ObjectArn: "arn:aws:s3:::manifests/none.csv", ETag: "60e460c9d1046e73f7dde5043ac3ae85" },
    },
    Report: { Enabled: false },
    Priority: 10,
    RoleArn: roleArn,
    ClientRequestToken: randomUUID(),
  });

it("jobs of one person that have not ended", async () => {
  process.env.LONGSHORE_MAX_JOBS_PER_PERSON = "2";
  const [one, other] = [await person("one"), await person("other")];
  const { jobId } = await create(one);
  // Of two at once, one is the last.
  const both = await Promise.allSettled([create(one), create(one)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(create(one)).rejects.toMatchObject({
    code: "TooManyRequests",
    message: expect.stringMatching(/no more than 2 jobs.*LONGSHORE_MAX_JOBS_PER_PERSON/),
  });
  await create(other);
  await cancelJob(one, { jobId });
  await create(one);
});

it("jobs that one person makes in a day", async () => {
  process.env.LONGSHORE_MAX_JOBS_PER_PERSON = "1";
  const one = await person("busy");
  for (let made = 0; made < 10; made += 1) await cancelJob(one, { jobId: (await create(one)).jobId });
  await expect(create(one)).rejects.toMatchObject({ code: "TooManyRequests", message: expect.stringContaining("no more than 10 jobs") });
  const tomorrow = { ...one, now: () => new Date(Date.now() + 25 * 3600 * 1000) };
  await create(tomorrow);
});

it("rows of a manifest", async () => {
  process.env.LONGSHORE_MAX_MANIFEST_ROWS = "3";
  const jobId = await engine.create(["data,a", "data,b", "data,c", "data,d"]);
  // Those of the tests before have no manifest, and fail for that.
  while ((await engine.details(jobId)).status === "New") await engine.prepareNext();
  const { status, failureReasons } = await engine.db.job.findUniqueOrThrow({ where: { id: jobId } });
  expect(status).toBe("Failed");
  expect(JSON.stringify(failureReasons)).toMatch(/at most 3 rows.*LONGSHORE_MAX_MANIFEST_ROWS/);
});

it("access keys that one person makes in a day", async () => {
  const one = await person("keys");
  for (let made = 0; made < maxNewKeysPerDay; made += 1) {
    const { id } = await createAccessKey(one, { name: "again" });
    await revokeAccessKey(one, id);
  }
  await expect(createAccessKey(one, { name: "again" })).rejects.toMatchObject({ message: expect.stringContaining(`no more than ${maxNewKeysPerDay}`) });
});
