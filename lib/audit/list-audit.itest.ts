import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import type { PersonRole } from "../auth/permissions.ts";
import { createDb, type Db } from "../db/client.ts";
import type { Context } from "../jobs/context.ts";
import type { AuditAction } from "./audit-actions.ts";
import { auditFiltersSchema, whereAudit } from "./audit-filters.ts";
import { exportAudit } from "./export-audit.ts";
import { auditFacets, listAudit } from "./list-audit.ts";
import { recordAudit } from "./record-audit.ts";

let database: TestDatabase;
let db: Db;
const as = (name: string, role: PersonRole = "admin", at = "2026-03-04T12:00:00Z") =>
  ({ db, caller: { userId: null, name, role }, now: () => new Date(at) }) as unknown as Context;
const admin = () => as("admin@example.com");
const hostile = `=HYPERLINK("http://evil.example")\r\n<script>alert(1)</script>\u202e\0"`;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  const write = (name: string, action: AuditAction, id: string, more: { name?: string; at?: string; before?: object; after?: object; detail?: string } = {}) =>
    recordAudit(db, as(name, "admin", more.at), {
      action,
      target: { type: "job", id, name: more.name ?? null },
      before: { ...more.before },
      after: { ...more.after },
      detail: more.detail,
    });
  await write("ana@example.com", "job.create", "j1", { name: "Invoices 100% of_them", at: "2026-03-01T10:00:00Z" });
  await write("ben@example.com", "job.confirm", "j1", { name: "Invoices 100% of_them", at: "2026-03-01T11:00:00Z" });
  await write("ana@example.com", "job.priority", "j2", { before: { priority: 10 }, after: { priority: 4711 }, at: "2026-03-02T10:00:00Z" });
  await write("eve@example.com", "session.sign-in-failed", "eve@example.com", { at: "2026-03-02T11:00:00Z" });
  await write(hostile, "job.comment", "j3", { name: hostile, detail: hostile, after: { description: hostile }, at: "2026-03-03T10:00:00Z" });
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const found = async (query: Parameters<typeof listAudit>[1]) => (await listAudit(admin(), query)).entries.map((entry) => entry.action);

test.each<[string, Parameters<typeof listAudit>[1], AuditAction[]]>([
  ["everything, the newest first", {}, ["job.comment", "session.sign-in-failed", "job.priority", "job.confirm", "job.create"]],
  ["a part of a name, whatever its case", { q: "INVOICES" }, ["job.confirm", "job.create"]],
  ["words that need not stand together", { q: "invoices  ben" }, ["job.confirm"]],
  ["a changed value", { q: "4711" }, ["job.priority"]],
  ["signs that mean something to LIKE, as themselves", { q: "0% of_" }, ["job.confirm", "job.create"]],
  ["a word that would match everything if they did not", { q: "%_%_%" }, []],
  ["a person", { actor: "ana@example.com" }, ["job.priority", "job.create"]],
  ["a group of actions", { group: "sessions" }, ["session.sign-in-failed"]],
  ["an action", { action: "job.create" }, ["job.create"]],
  ["a thing", { target: "j1" }, ["job.confirm", "job.create"]],
  ["a time, its end left out", { from: "2026-03-01T11:00:00Z", to: "2026-03-02T11:00:00+00:00" }, ["job.priority", "job.confirm"]],
  ["a time in another zone", { from: "2026-03-03T12:00:00+02:00" }, ["job.comment"]],
  ["all of it together", { q: "invoices", actor: "ana@example.com", group: "jobs", target: "j1" }, ["job.create"]],
])("finds %s", async (_what, query, actions) => expect(await found(query)).toEqual(actions));

test("page by page, and what is added meanwhile neither repeats nor hides an entry", async () => {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await listAudit(admin(), { size: 2, to: "2026-03-04T00:00:00Z", ...(after && { after }) });
    seen.push(...page.entries.map((entry) => entry.id));
    // As late as it is, it belongs before what was seen.
    await recordAudit(db, as("late@example.com", "admin", "2026-03-03T23:00:00Z"), {
      action: "policy.update",
      target: { type: "policy", id: null, name: null },
    });
    after = page.next ?? undefined;
  } while (after);
  expect(seen).toHaveLength(5);
  expect(new Set(seen).size).toBe(5);
});

test("entries of one moment are all seen, the last written first", async () => {
  const at = "2026-02-01T00:00:00Z";
  for (const id of ["s1", "s2", "s3"])
    await recordAudit(db, as("same@example.com", "admin", at), { action: "job.pause", target: { type: "job", id, name: null } });
  const first = await listAudit(admin(), { actor: "same@example.com", size: 2 });
  const second = await listAudit(admin(), { actor: "same@example.com", size: 2, after: first.next ?? "" });
  expect([...first.entries, ...second.entries].map((entry) => entry.target.id)).toEqual(["s3", "s2", "s1"]);
  expect(second.next).toBeNull();
});

test.each(["nonsense", "1-", "-1", "1-1-1", "1'--1"])("%j is no place in the trail", async (after) => {
  await expect(listAudit(admin(), { after })).rejects.toMatchObject({ code: "InvalidRequest" });
});

test("nobody but administrators reads it", async () => {
  for (const role of ["viewer", "operator", "reviewer"] as const) {
    await expect(listAudit(as("a", role), {})).rejects.toMatchObject({ code: "Forbidden" });
    await expect(auditFacets(as("a", role))).rejects.toMatchObject({ code: "Forbidden" });
    await expect(exportAudit(as("a", role), { format: "csv" })).rejects.toMatchObject({ code: "Forbidden" });
  }
});

test("each name once, to filter by", async () => {
  const { actors } = await auditFacets(admin());
  expect(actors).toEqual(expect.arrayContaining(["ana@example.com", "ben@example.com", "eve@example.com"]));
  expect(new Set(actors).size).toBe(actors.length);
});

const textOf = async (format: "csv" | "jsonl", more: object = {}) => {
  let text = "";
  for await (const piece of await exportAudit(admin(), { format, ...more })) text += piece;
  return text;
};

test("a download is written down itself, and what a spreadsheet would run in it is text", async () => {
  const csv = await textOf("csv", { target: "j3" });
  const [head, ...rest] = csv.split("\r\n");
  expect(head).toMatch(/^\uFEFFId,Time,Who,/);
  expect(rest.join("\r\n")).toContain(`,"'=HYPERLINK(""http://evil.example"")`);
  expect(csv).not.toMatch(/(^|,)"?[=+@-]/m);
  const [entry] = await db.auditEntry.findMany({ where: { action: "audit.export" } });
  expect(entry).toMatchObject({ actor: "admin@example.com", after: { format: "csv", target: "j3" } });
});

test("as JSON lines, each is an entry, whatever it holds", async () => {
  const lines = (await textOf("jsonl", { to: "2026-03-04T00:00:00Z" })).trimEnd().split("\n");
  const entries = lines.map((line) => JSON.parse(line) as { id: string; actor: string });
  expect(entries.length).toBeGreaterThan(5);
  expect(entries.some((entry) => entry.actor === hostile.replace("\0", "\ufffd"))).toBe(true);
});

test("thousands are downloaded, each once", async () => {
  await db.$executeRaw`
    INSERT INTO "AuditEntry" ("at", "actor", "via", "action", "targetType", "targetId")
    SELECT timestamp '2025-01-01' + (n / 7) * interval '1 second', 'many@example.com', 'console', 'job.tags', 'job', 'm' || n FROM generate_series(1, 3500) n`;
  const lines = (await textOf("jsonl", { actor: "many@example.com" })).trimEnd().split("\n");
  expect(new Set(lines.map((line) => (JSON.parse(line) as { target: { id: string } }).target.id)).size).toBe(3500);
  expect(lines).toHaveLength(3500);
});

test("a search has its index: letter for letter the same expression", async () => {
  const plan = await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    return tx.$queryRaw<object[]>`EXPLAIN SELECT a."id" FROM "AuditEntry" a WHERE ${whereAudit(auditFiltersSchema.parse({ q: "invoices" }))}`;
  });
  expect(JSON.stringify(plan)).toContain("AuditEntry_search_idx");
});
