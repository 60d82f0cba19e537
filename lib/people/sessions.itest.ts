import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { recordSeen } from "../auth/record-seen.ts";
import { createDb, type Db } from "../db/client.ts";
import { listSessions } from "./list-sessions.ts";
import { revokeSessions } from "./revoke-sessions.ts";
import { newPerson, newSession } from "./testing/people-context.ts";

const start = new Date("2026-03-04T05:06:07Z");
let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});
const now = () => start;
const ids = async (userId: string) => (await db.session.findMany({ where: { userId } })).map(({ id }) => id);

test("people see and end their own sessions, the one that asks first and last", async () => {
  const person = await newPerson(db, now, "viewer");
  const { userId } = person.caller;
  const [first, here, third] = [await newSession(db, userId, start), await newSession(db, userId, start), await newSession(db, userId, start)];
  await db.session.update({ where: { id: third }, data: { expiresAt: start } });
  const userAgent = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";
  await db.session.update({ where: { id: first }, data: { userAgent, ipAddress: "203.0.113.7" } });
  const ctx = { ...person, caller: { ...person.caller, session: { id: here, lastSeenAt: null } } };
  expect(await listSessions(ctx, userId)).toMatchObject([
    { id: here, current: true },
    { id: first, current: false, lastSeenAt: start.toISOString(), device: "Firefox on Windows" },
  ]);
  const fourth = await newSession(db, userId, start);
  await revokeSessions(ctx, userId, first);
  await revokeSessions(ctx, userId, null);
  expect(await ids(userId)).toEqual([here]);
  await expect(revokeSessions(ctx, userId, first)).rejects.toMatchObject({ code: "NotFound" });
  const told = { id: first, device: "Firefox on Windows", address: "203.0.113.7", lastSeenAt: start.toISOString() };
  const entries = await db.auditEntry.findMany({ where: { action: "session.revoke", targetId: userId }, orderBy: { id: "asc" } });
  // Whole: a token would stand in it.
  expect(entries.map(({ before }) => before)).toEqual([
    { sessions: [told] },
    // One that had ended by itself was in no list, and is not told.
    { sessions: [{ ...told, id: fourth, device: "A program", address: null }] },
  ]);
});

test("another person's sessions are for admins, and found under that person alone", async () => {
  const [admin, other, viewer] = [await newPerson(db, now, "admin"), await newPerson(db, now, "viewer"), await newPerson(db, now, "viewer")];
  const id = await newSession(db, other.caller.userId, start);
  await expect(listSessions(viewer, other.caller.userId)).rejects.toMatchObject({ code: "Forbidden" });
  await expect(revokeSessions(viewer, other.caller.userId, id)).rejects.toMatchObject({ code: "Forbidden" });
  await expect(revokeSessions(viewer, viewer.caller.userId, id)).rejects.toMatchObject({ code: "NotFound" });
  await expect(revokeSessions(admin, viewer.caller.userId, id)).rejects.toMatchObject({ code: "NotFound" });
  expect(await ids(other.caller.userId)).toEqual([id]);
  await revokeSessions(admin, other.caller.userId, null);
  expect(await ids(other.caller.userId)).toEqual([]);
});

test("when somebody was last seen is noted once a minute", async () => {
  const { caller } = await newPerson(db, now, "viewer");
  const id = await newSession(db, caller.userId, start);
  const seen = async (at: Date) => {
    const { lastSeenAt } = await db.session.findUniqueOrThrow({ where: { id } });
    await recordSeen(db, { ...caller, session: { id, lastSeenAt } }, at);
    return (await db.user.findUniqueOrThrow({ where: { id: caller.userId } })).lastSeenAt;
  };
  expect(await seen(start)).toEqual(start);
  expect(await seen(new Date(start.getTime() + 59_000))).toEqual(start);
  const later = new Date(start.getTime() + 60_000);
  expect(await seen(later)).toEqual(later);
});
