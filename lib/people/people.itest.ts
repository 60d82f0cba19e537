import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createDb, type Db } from "../db/client.ts";
import type { Context } from "../jobs/context.ts";
import { askPasswordReset } from "./ask-password-reset.ts";
import { disablePerson } from "./disable-person.ts";
import { enablePerson } from "./enable-person.ts";
import { listPeople } from "./list-people.ts";
import { delivery, newPerson, newSession } from "./testing/people-context.ts";
import { updatePerson } from "./update-person.ts";

const now = () => new Date("2026-03-04T05:06:07Z");
let database: TestDatabase;
let db: Db;
let admin: Context & { caller: { userId: string } };

beforeAll(async () => {
  database = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", database.url);
  vi.stubEnv("LONGSHORE_SECRET", "a secret of at least thirty-two characters");
  vi.stubEnv("LONGSHORE_ACCOUNT_ID", "123456789012");
  db = createDb(database.url);
});
beforeEach(async () => {
  await db.user.deleteMany();
  admin = await newPerson(db, now, "admin");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await db.$disconnect();
  await database.drop();
});

const enabledAdmins = () => db.user.count({ where: { role: "admin", disabledAt: null } });

describe("the last enabled admin", () => {
  test("stays, whoever asks", async () => {
    const other = await newPerson(db, now, "admin");
    await disablePerson(admin, other.caller.userId);
    await expect(disablePerson(other, admin.caller.userId)).rejects.toMatchObject({ code: "Conflict", message: expect.stringContaining("last enabled") });
    await expect(updatePerson(other, admin.caller.userId, { role: "viewer" })).rejects.toMatchObject({ code: "Conflict" });
    expect(await enabledAdmins()).toBe(1);
  });

  test("stays when two admins disable or demote each other at once", async () => {
    for (let round = 0; round < 5; round++) {
      await db.user.deleteMany();
      const [a, b] = [await newPerson(db, now, "admin"), await newPerson(db, now, "admin")];
      const ended = await Promise.allSettled([
        disablePerson(a, b.caller.userId),
        round % 2 ? disablePerson(b, a.caller.userId) : updatePerson(b, a.caller.userId, { role: "operator" }),
      ]);
      expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await enabledAdmins()).toBe(1);
    }
  });
});

test("nobody disables or demotes themselves, though there are other admins", async () => {
  await newPerson(db, now, "admin");
  await expect(disablePerson(admin, admin.caller.userId)).rejects.toMatchObject({ code: "Conflict", message: expect.stringContaining("yourself") });
  await expect(updatePerson(admin, admin.caller.userId, { role: "viewer" })).rejects.toMatchObject({ code: "Conflict" });
  await updatePerson(admin, admin.caller.userId, { name: "Another name", role: "admin" });
  expect(await enabledAdmins()).toBe(2);
});

test("who is disabled loses sessions and links, and keeps the rest; enabling brings them back", async () => {
  const operator = await newPerson(db, now, "operator");
  const { userId } = operator.caller;
  const session = await newSession(db, userId, now());
  await db.accessKey.create({ data: { id: "LSIAKEEP", secretEncrypted: "sealed", name: "key", userId } });
  await askPasswordReset(admin, userId, delivery);
  await disablePerson(admin, userId);
  await disablePerson(admin, userId);
  expect(await db.session.count({ where: { userId } })).toBe(0);
  const entries = await db.auditEntry.findMany({ where: { action: "person.disable", targetId: userId } });
  expect(entries).toMatchObject([{ before: { disabled: false, sessions: [{ id: session }] }, after: { disabled: true } }]);
  expect(await db.passwordReset.count({ where: { userId, expiresAt: { gt: now() } } })).toBe(0);
  expect(await db.accessKey.count({ where: { userId, revokedAt: null } })).toBe(1);
  await expect(askPasswordReset(admin, userId, delivery)).rejects.toMatchObject({ code: "Conflict" });
  const of = async () => (await listPeople(admin)).people.find(({ id }) => id === userId);
  expect(await of()).toMatchObject({ disabledAt: now().toISOString(), role: "operator", sessions: 0, accessKeys: 1 });
  await enablePerson(admin, userId);
  expect(await of()).toMatchObject({ disabledAt: null, role: "operator", methods: ["password"] });
});

test("what is done to people is in the audit trail, and what changes nothing is not", async () => {
  const operator = await newPerson(db, now, "operator");
  const { userId } = operator.caller;
  await updatePerson(admin, userId, { role: "operator" });
  await updatePerson(admin, userId, { role: "reviewer", name: "Rita" });
  await updatePerson(admin, userId, { name: "Rita R." });
  await disablePerson(admin, userId);
  const entries = await db.auditEntry.findMany({ where: { targetId: userId }, orderBy: { id: "asc" } });
  expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual(
    ["person.role", "person.update", "person.disable"].map((action) => [action, admin.caller.userId]),
  );
  expect(entries[0]).toMatchObject({ before: { role: "operator" }, after: { role: "reviewer" } });
});

test("unknown people are not found", async () => {
  const verbs = [
    disablePerson,
    enablePerson,
    (ctx: Context, id: string) => updatePerson(ctx, id, {}),
    (ctx: Context, id: string) => askPasswordReset(ctx, id, delivery),
  ];
  for (const verb of verbs) await expect(verb(admin, "nobody")).rejects.toMatchObject({ code: "NotFound" });
});
