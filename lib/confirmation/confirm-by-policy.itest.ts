import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { PersonRole } from "../db/generated/enums.ts";
import { countAwaiting } from "../home/awaiting-jobs.ts";
import { describeJob } from "../jobs/describe-job.ts";
import { noteEvent } from "../notifications/note-event.ts";
import { readFeed } from "../notifications/read-feed.ts";
import { untilSettled } from "../notifications/testing/until-settled.ts";
import { readConfirmationPolicy, updateConfirmationPolicy } from "./confirmation-policy.ts";
import { type ConfirmationRules, noRules } from "./rules.ts";
import { type Asked, a, b, c, startPolicyWorld } from "./testing/policy-world.ts";

const { db, now, as, olga, rita, rob, adam, demand, makeJob, confirm, statusOf, outcome, stop } = await startPolicyWorld();
afterEach(() => demand(noRules));
afterAll(stop);

/** The rules, what the job does, who created it, who confirms it one after the other, and what comes of each. */
const table: [Partial<ConfirmationRules>, Asked, string, [string, PersonRole, string][]][] = [
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
it("calls nobody to a confirmation that they cannot give", async () => {
  await db.job.deleteMany();
  await demand({ ...a, ...b });
  const jobId = await makeJob("forever", "rita");
  const counts = () => Promise.all([rita(), rob(), adam()].map(async (ctx) => (await countAwaiting(ctx)).awaiting));
  expect(await counts()).toEqual([0, 1, 1]);
  const { cursor: after } = await readFeed(adam(), {});
  await db.$transaction((tx) => noteEvent(tx, { jobId, event: "awaiting", actor: "Longshore", detail: null, now }));
  await untilSettled(db);
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
