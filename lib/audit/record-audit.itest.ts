import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createDb, type Db } from "../db/client.ts";
import type { Caller } from "../jobs/context.ts";
import { recordAudit } from "./record-audit.ts";

const ana: Caller = { userId: "u1", name: "ana@example.com", role: "admin" };
const at = new Date("2026-03-04T05:06:07.089Z");
const source = { via: "S3 Control", ip: "203.0.113.7", userAgent: `aws-cli${"x".repeat(1000)}`, accessKeyId: "LSIA", requestId: "R1" } as const;
const ctx = { caller: ana, source, now: () => at };
const target = { type: "connection", id: "c1", name: "store" } as const;
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

test("an entry tells who, from where, what to which, and what changed", async () => {
  const before = { region: "a", name: "store", secretAccessKey: "hunter1" };
  await recordAudit(db, ctx, { action: "connection.update", target, before, after: { ...before, region: "b\0", secretAccessKey: "hunter2" }, detail: "moved" });
  const [entry, ...others] = await db.auditEntry.findMany({ where: { action: "connection.update" } });
  expect(others).toEqual([]);
  expect(entry).toMatchObject({ at, actor: "ana@example.com", actorId: "u1", via: "S3 Control", ip: "203.0.113.7", accessKeyId: "LSIA", requestId: "R1" });
  expect(entry).toMatchObject({ targetType: "connection", targetId: "c1", targetName: "store", detail: "moved" });
  expect(entry).toMatchObject({ before: { region: "a" }, after: { region: "b\ufffd", secretAccessKey: "changed" } });
  expect(entry?.userAgent).toHaveLength(256);
});

test("what Longshore does by itself says so", async () => {
  await recordAudit(db, { caller: { userId: null, name: "Longshore", role: "admin" }, now: () => at }, { action: "connection.probe", target });
  const entry = await db.auditEntry.findFirst({ where: { action: "connection.probe" } });
  expect(entry).toMatchObject({ actor: "Longshore", via: "Longshore", ip: null, requestId: null, before: null, after: null });
});

test("a change that is rolled back leaves no entry", async () => {
  const changed = db.$transaction(async (tx) => {
    await recordAudit(tx, ctx, { action: "connection.delete", target });
    throw new Error("the change failed");
  });
  await expect(changed).rejects.toThrow("the change failed");
  expect(await db.auditEntry.count({ where: { action: "connection.delete" } })).toBe(0);
});

test.each([
  ["UPDATE", `UPDATE "AuditEntry" SET actor = 'nobody'`],
  ["UPDATE of no row", `UPDATE "AuditEntry" SET actor = 'nobody' WHERE false`],
  ["DELETE", `DELETE FROM "AuditEntry"`],
  ["TRUNCATE", `TRUNCATE "AuditEntry"`],
  ["INSERT that becomes an UPDATE", `INSERT INTO "AuditEntry" SELECT * FROM "AuditEntry" ON CONFLICT (id) DO UPDATE SET actor = 'nobody'`],
  ["DELETE as a replica", `SET LOCAL session_replication_role = replica; DELETE FROM "AuditEntry"`],
])("the database refuses %s, to its owner too", async (_what, sql) => {
  const before = await db.auditEntry.findMany({ orderBy: { id: "asc" } });
  const attempt = db.$transaction(async (tx) => {
    for (const statement of sql.split("; ")) await tx.$executeRawUnsafe(statement);
  });
  await expect(attempt).rejects.toThrow("append-only");
  expect(before.length).toBeGreaterThan(0);
  expect(await db.auditEntry.findMany({ orderBy: { id: "asc" } })).toEqual(before);
});
