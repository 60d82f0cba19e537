import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../bin/testing/test-database.ts";
import { createDb, type Db } from "../../db/client.ts";
import { beginSignIn, type SignInAttempt, succeedSignIn } from "./sign-in-attempt.ts";
import { giveBack, limits, takeAttempt } from "./take-attempt.ts";

const start = new Date("2026-03-04T05:06:07Z");
const at = (ms: number) => new Date(start.getTime() + ms);
const limit = { name: "test", max: 3, windowMs: 60_000 };
let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
beforeEach(() => db.attempt.deleteMany());
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

describe("takeAttempt", () => {
  test("allows up to the limit, then asks to wait until the window ends, however often it is asked", async () => {
    for (let i = 0; i < 3; i++) expect(await takeAttempt(db, limit, ["a"], start)).toBe(0);
    expect(await takeAttempt(db, limit, ["a"], start)).toBe(60);
    expect(await takeAttempt(db, limit, ["a"], at(59_500))).toBe(1);
    expect(await takeAttempt(db, limit, ["b"], start)).toBe(0);
    expect(await takeAttempt(db, limit, ["a"], at(60_000))).toBe(0);
  });

  test("counts together what comes at once, from two consoles", async () => {
    const other = createDb(database.url);
    const waits = await Promise.all(Array.from({ length: 40 }, (_, index) => takeAttempt(index % 2 ? db : other, limit, ["a"], start)));
    await other.$disconnect();
    expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
  });

  test("forgets what has ended, some with each new window, and nothing that counts", async () => {
    for (let i = 0; i < 15; i++) await takeAttempt(db, limit, [`old ${i}`], start);
    await takeAttempt(db, limit, ["counts"], at(59_000));
    for (let i = 0; i < 2; i++) await takeAttempt(db, limit, [`new ${i}`], at(61_000));
    expect(await db.attempt.count()).toBe(3);
  });

  test("keeps nothing of what was typed", async () => {
    await takeAttempt(db, limit, ["a password in the wrong field"], start);
    expect(JSON.stringify(await db.attempt.findMany())).not.toContain("password");
  });

  test("what is given back may be tried again, and no more", async () => {
    for (let i = 0; i < 3; i++) await takeAttempt(db, limit, ["a"], start);
    await giveBack(db, limit, ["a"]);
    expect(await takeAttempt(db, limit, ["a"], start)).toBe(0);
    expect(await takeAttempt(db, limit, ["a"], start)).toBe(60);
  });
});

describe("guesses at a password", () => {
  const email = "vera@example.com";
  const stranger: SignInAttempt = { email, address: "198.51.100.1", device: null };
  const guess = async (attempt: SignInAttempt, times: number, when = start) => {
    let wait = 0;
    for (let i = 0; i < times; i++) wait = await beginSignIn(db, attempt, when);
    return wait;
  };

  test("from one address end after ten, and keep nobody out who comes from another", async () => {
    expect(await guess(stranger, 10)).toBe(0);
    expect(await guess(stranger, 1)).toBe(600);
    expect(await guess({ ...stranger, address: "203.0.113.9" }, 1)).toBe(0);
  });

  test("of one stranger, for hours, leave room for others at the same person", async () => {
    for (let minutes = 0; minutes < 6 * 60; minutes += 10) await guess(stranger, 12, at(minutes * 60_000));
    expect(await guess({ ...stranger, address: "203.0.113.9" }, 1, at(6 * 60 * 60_000))).toBe(0);
  });

  test("from many addresses end as well, but not for a browser that the person has used", async () => {
    for (let i = 0; i < 10; i++) expect(await guess({ ...stranger, address: `198.51.100.${i}` }, 10)).toBe(0);
    expect(await guess({ ...stranger, address: "203.0.113.9" }, 1)).toBe(3600);
    const known = { email, address: "203.0.113.9", device: "their browser" };
    expect(await guess(known, 10)).toBe(0);
    expect(await guess(known, 1)).toBe(3600);
  });

  test("at ever other people end after fifty from one address, which is one network of IPv6", async () => {
    for (let i = 0; i < 50; i++) expect(await guess({ email: `p${i}@example.com`, address: `2001:db8:1:2::${i}`, device: null }, 1)).toBe(0);
    expect(await guess({ ...stranger, address: "2001:db8:1:2:ffff::1" }, 1)).toBe(300);
  });

  test("that are right count for nothing, and wipe out no guess at another person", async () => {
    const own: SignInAttempt = { email: "mallory@example.com", address: stranger.address, device: null };
    for (let i = 0; i < 10; i++) {
      await guess(stranger, 1);
      expect(await guess(own, 1)).toBe(0);
      await succeedSignIn(db, own);
    }
    expect(await guess(stranger, 1)).toBe(600);
    expect(await takeAttempt(db, limits.address, ["198.51.100.1"], start)).toBe(0);
    expect(await db.attempt.findMany({ where: { count: 12 } })).toHaveLength(1);
  });
});
