import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createBoss } from "../db/boss.ts";
import { createDb, type Db } from "../db/client.ts";
import type { PersonRole } from "../db/generated/enums.ts";
import { countAwaiting } from "../home/awaiting-jobs.ts";
import { confirmJob } from "../jobs/confirm-job.ts";
import type { Context } from "../jobs/context.ts";
import { describeJob } from "../jobs/describe-job.ts";
import { sendBackJob } from "../jobs/send-back-job.ts";
import { takeBackConfirmation } from "../jobs/take-back-confirmation.ts";
import { accountId, storeJob, storeRole } from "../jobs/testing/store-job.ts";
import { noteEvent } from "../notifications/note-event.ts";
import { readFeed } from "../notifications/read-feed.ts";
import { readConfirmationPolicy, updateConfirmationPolicy } from "./confirmation-policy.ts";
import { type ConfirmationRules, noRules } from "./rules.ts";

const arn = `arn:aws:iam::${accountId}:role/r`;
const now = new Date("2026-11-28T12:00:00Z");
let database: TestDatabase;
let db: Db;
let boss: Context["boss"];
let roleId: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  process.env.LONGSHORE_SECRET = "a secret for the tests, of 32 characters or more";
  process.env.LONGSHORE_ACCOUNT_ID = accountId;
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  db = createDb(database.url);
  boss = createBoss(database.url);
  await boss.start();
  roleId = await storeRole(db, arn);
  for (const [name, role] of [
    ["olga", "operator"],
    ["rita", "reviewer"],
    ["rob", "reviewer"],
    ["adam", "admin"],
  ] as const) {
    ids[name] = randomUUID();
    await db.user.create({ data: { id: ids[name], name, email: `${name}@example.com`, role } });
  }
});

afterAll(async () => {
  await boss.stop({ graceful: false });
  await db.$disconnect();
  await database.drop();
});

const as = (name: string, role: PersonRole): Context => ({
  db,
  boss,
  accountId,
  now: () => now,
  caller: { userId: ids[name] ?? null, name: `${name}@example.com`, role },
});
const [olga, rita, rob, adam] = [() => as("olga", "operator"), () => as("rita", "reviewer"), () => as("rob", "reviewer"), () => as("adam", "admin")];
const demand = (rules: Partial<ConfirmationRules>) => updateConfirmationPolicy(adam(), { ...noRules, ...rules });
afterEach(() => demand(noRules));

const tags = { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data" }] } };
const forever = {
  S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target", ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: "2040-01-01T00:00:00Z" },
};
const operations = {
  tags: { Operation: tags },
  forever: { Operation: forever },
  "dry run of forever": { Operation: forever, DryRun: true },
} as const;

/** Prepared and checked; of five objects. */
async function makeJob(operation: keyof typeof operations, creator: string, errors: string[] = []): Promise<string> {
  const Manifest = {
    Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
    Location: { ObjectArn: "arn:aws:s3:::manifests/list.csv", ETag: "60e460c9d1046e73f7dde5043ac3ae85" },
  };
  const { Operation, ...dry } = operations[operation] as { Operation: object; DryRun?: true };
  return storeJob(db, roleId, {
    operation: Object.keys(Operation)[0] ?? "",
    dryRun: dry.DryRun ?? false,
    definition: { Operation, Manifest, Report: { Enabled: false }, RoleArn: arn, ...dry },
    definitionDigest: "digest",
    confirmationRequired: true,
    status: "Suspended",
    suspendedAt: now,
    preparedAt: now,
    totalTasks: 5,
    createdById: ids[creator] ?? null,
    preflight: { checkedAt: "then", findings: errors.map((message) => ({ check: "rights", state: "error", message })), bytes: null, samples: [] },
  });
}

const confirm = (ctx: Context, jobId: string, more: { canaryTasks?: number } = {}) =>
  confirmJob(ctx, { jobId, definitionDigest: "digest", numberOfObjects: 5, acknowledgedPreflight: "then", ...more });
const statusOf = async (jobId: string) => (await db.job.findUniqueOrThrow({ where: { id: jobId } })).status;
const eventsOf = async (jobId: string) => (await db.jobEvent.findMany({ where: { jobId }, orderBy: { id: "asc" } })).map(({ type, detail }) => [type, detail]);

/** "runs", "waits" for another one, or the code of the refusal. */
async function outcome(ctx: Context, jobId: string): Promise<string> {
  try {
    const { given, needed } = await confirm(ctx, jobId);
    expect(await statusOf(jobId)).toBe(given < needed ? "Suspended" : "Ready");
    return given < needed ? "waits" : "runs";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const a = { notByCreator: true };
const b = { twoForIrreversible: true };
const c = { twoForObjectsOver: 4 };
/** The rules, what the job does, who created it, who confirms it one after the other, and what comes of each. */
const table: [Partial<ConfirmationRules>, keyof typeof operations, string, [string, PersonRole, string][]][] = [
  [{}, "tags", "rita", [["rita", "reviewer", "runs"]]],
  [{}, "forever", "rita", [["rita", "reviewer", "runs"]]],
  [
    {},
    "tags",
    "olga",
    [
      ["olga", "operator", "Forbidden"],
      ["rita", "reviewer", "runs"],
    ],
  ],
  [a, "tags", "olga", [["rita", "reviewer", "runs"]]],
  [
    a,
    "tags",
    "rita",
    [
      ["rita", "reviewer", "Forbidden"],
      ["rob", "reviewer", "runs"],
    ],
  ],
  [
    a,
    "forever",
    "rita",
    [
      ["rita", "reviewer", "Forbidden"],
      ["rob", "reviewer", "runs"],
    ],
  ],
  [
    a,
    "tags",
    "adam",
    [
      ["adam", "admin", "Forbidden"],
      ["rita", "reviewer", "runs"],
    ],
  ],
  [a, "dry run of forever", "rita", [["rita", "reviewer", "runs"]]],
  [a, "tags", "nobody", [["rita", "reviewer", "runs"]]],
  [b, "tags", "rita", [["rita", "reviewer", "runs"]]],
  [
    b,
    "forever",
    "olga",
    [
      ["olga", "operator", "Forbidden"],
      ["rita", "reviewer", "waits"],
      ["rob", "reviewer", "runs"],
    ],
  ],
  [
    b,
    "forever",
    "rita",
    [
      ["rita", "reviewer", "waits"],
      ["rita", "reviewer", "Conflict"],
      ["adam", "admin", "runs"],
    ],
  ],
  [b, "dry run of forever", "rita", [["rita", "reviewer", "runs"]]],
  [
    c,
    "tags",
    "rita",
    [
      ["rita", "reviewer", "waits"],
      ["rob", "reviewer", "runs"],
    ],
  ],
  [{ twoForObjectsOver: 5 }, "tags", "rita", [["rita", "reviewer", "runs"]]],
  [
    { ...a, ...b },
    "forever",
    "rita",
    [
      ["rob", "reviewer", "waits"],
      ["rita", "reviewer", "Forbidden"],
      ["adam", "admin", "runs"],
    ],
  ],
  [
    { ...a, ...b, ...c },
    "tags",
    "rita",
    [
      ["rob", "reviewer", "waits"],
      ["rob", "reviewer", "Conflict"],
      ["adam", "admin", "runs"],
    ],
  ],
];

describe("who confirms what", () => {
  it.each(table.map((row) => [JSON.stringify(row[0]), row[1], row[2], row] as const))(
    "%s: %s, created by %s",
    async (_rules, operation, creator, [rules, , , steps]) => {
      await demand(rules);
      const jobId = await makeJob(operation, creator);
      for (const [name, role, expected] of steps) {
        const { actions, confirmation } = await describeJob(as(name, role), jobId);
        expect(await outcome(as(name, role), jobId), name).toBe(expected);
        // The page offers what is then taken, and says why it offers nothing.
        expect(actions.confirm, name).toBe(expected === "runs" || expected === "waits");
        expect(confirmation?.refusal === null, name).toBe(actions.confirm || role === "operator");
      }
      expect(await statusOf(jobId)).toBe("Ready");
      expect(await db.jobConfirmation.count({ where: { jobId } })).toBe(0);
    },
  );
});

it("says who can confirm it instead", async () => {
  await demand({ ...a, ...b });
  const jobId = await makeJob("forever", "rita");
  const words = "You created this job, and the confirmation policy asks for somebody else's confirmation. rob or adam can confirm it.";
  await expect(confirm(rita(), jobId)).rejects.toMatchObject({ code: "Forbidden", message: words });
  expect((await describeJob(rita(), jobId)).confirmation).toEqual({
    needed: 2,
    why: "The confirmation policy asks for two people where nothing can be undone.",
    given: [],
    refusal: words,
  });
  await confirm(rob(), jobId);
  await expect(confirm(rob(), jobId)).rejects.toMatchObject({
    code: "Conflict",
    message: "You have confirmed this job already, and a second person has to. adam can confirm it.",
  });
  expect((await describeJob(adam(), jobId)).confirmation).toMatchObject({ given: [{ name: "rob", actor: "rob@example.com", own: false }], refusal: null });
});

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

it("calls nobody to a confirmation that they cannot give", async () => {
  await db.job.deleteMany();
  await demand({ ...a, ...b });
  const jobId = await makeJob("forever", "rita");
  const counts = () => Promise.all([rita(), rob(), adam()].map(async (ctx) => (await countAwaiting(ctx)).awaiting));
  expect(await counts()).toEqual([0, 1, 1]);
  const { cursor: after } = await readFeed(adam(), {});
  await db.$transaction((tx) => noteEvent(tx, { jobId, event: "awaiting", actor: "Longshore", detail: null, now }));
  const told = () => Promise.all([rita(), rob(), adam()].map(async (ctx) => (await readFeed(ctx, { after })).notifications.length));
  expect(await told()).toEqual([0, 1, 1]);
  await confirm(rob(), jobId);
  expect(await counts()).toEqual([0, 0, 1]);
  expect(await told()).toEqual([0, 0, 1]);
  await demand(noRules);
  expect(await counts()).toEqual([1, 1, 1]);
});

describe("the policy itself", () => {
  it("is read by everyone, and changed by admins alone", async () => {
    expect(await readConfirmationPolicy(as("olga", "viewer"))).toMatchObject({ rules: noRules, confirmers: 3 });
    for (const role of ["viewer", "operator", "reviewer"] as const)
      await expect(updateConfirmationPolicy(as("olga", role), { ...noRules, notByCreator: true })).rejects.toMatchObject({ code: "Forbidden" });
    await updateConfirmationPolicy(adam(), { notByCreator: true, twoForIrreversible: true, twoForObjectsOver: 20_000_000_000 });
    expect(await readConfirmationPolicy(olga())).toMatchObject({
      rules: { notByCreator: true, twoForIrreversible: true, twoForObjectsOver: 20_000_000_000 },
      changed: { at: now.toISOString(), actor: "adam@example.com", name: "adam" },
    });
  });

  it.each([{ twoForObjectsOver: 0 }, { twoForObjectsOver: 1.5 }, { twoForObjectsOver: 20_000_000_001 }, { notByCreator: "yes" }, { more: 1 }])(
    "refuses %j",
    async (wrong) => {
      await expect(updateConfirmationPolicy(adam(), { ...noRules, ...wrong })).rejects.toThrow();
    },
  );
});
