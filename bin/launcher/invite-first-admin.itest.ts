import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db } from "#lib/db/client.ts";
import { acceptInvitation } from "#lib/people/accept-invitation.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { inviteFirstAdmin } from "./invite-first-admin.ts";

const email = "admin@longshore.local";
const now = () => new Date("2026-11-29T12:00:00Z");
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

test("nobody can sign in before the first administrator has opened the newest link and chosen a password", async () => {
  const first = await inviteFirstAdmin(db, email, now);
  const newest = await inviteFirstAdmin(db, email, now);
  expect(await db.user.count()).toBe(0);
  const accept = (path: string | null) =>
    acceptInvitation({ db, now, passwordsAllowed: true }, { token: path?.split("/").at(-1), name: "Ada", password: "a password of hers" });
  await expect(accept(first)).rejects.toThrow();
  await accept(newest);
  expect(await db.user.findMany({ select: { email: true, role: true } })).toEqual([{ email, role: "admin" }]);
  expect(await inviteFirstAdmin(db, email, now)).toBeNull();
});
