import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createDb, type Db } from "../db/client.ts";
import { openInvitation, openPasswordReset } from "./open-link.ts";
import { rescueAdmin } from "./rescue-admin.ts";
import { newPerson } from "./testing/people-context.ts";

const now = () => new Date("2026-03-04T05:06:07Z");
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
const tokenIn = (path: string) => path.slice(path.lastIndexOf("/") + 1);

test("whoever has the machine makes a disabled viewer an admin who chooses a new password", async () => {
  const { caller } = await newPerson(db, now, "viewer");
  await db.user.update({ where: { id: caller.userId }, data: { disabledAt: now() } });
  const { kind, path } = await rescueAdmin({ db, now }, caller.name.toUpperCase());
  expect(kind).toBe("reset");
  expect(await db.user.findUnique({ where: { id: caller.userId } })).toMatchObject({ role: "admin", disabledAt: null });
  expect(await openPasswordReset(db, tokenIn(path), now())).toMatchObject({ state: "open", userId: caller.userId });
  expect(await db.auditEntry.findFirst({ where: { targetId: caller.userId } })).toMatchObject({
    via: "command line",
    before: { role: "viewer", disabled: true },
  });
});

test("or invites an admin where nobody has the address; an invitation from before is void", async () => {
  const first = await rescueAdmin({ db, now }, "new@example.com");
  const second = await rescueAdmin({ db, now }, "new@example.com");
  expect(second.kind).toBe("invited");
  expect(await openInvitation(db, tokenIn(first.path), now())).toEqual({ state: "withdrawn" });
  expect(await openInvitation(db, tokenIn(second.path), now())).toMatchObject({ state: "open", role: "admin" });
  await expect(rescueAdmin({ db, now }, "no address")).rejects.toThrow();
});
