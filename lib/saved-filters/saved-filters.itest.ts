import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createBoss } from "../db/boss.ts";
import { createDb, type Db } from "../db/client.ts";
import type { Context } from "../jobs/context.ts";
import { maxSavedFilters } from "./saved-filter-schema.ts";
import { createSavedFilter, deleteSavedFilter, listSavedFilters, updateSavedFilter } from "./saved-filters.ts";

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  for (const id of ["ada", "bo"]) await db.user.create({ data: { id, name: id, email: `${id}@example.com` } });
});

afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const as = (userId: string | null): Context => ({
  db,
  boss: createBoss(database.url),
  accountId: "123456789012",
  now: () => new Date("2026-11-28T12:00:00Z"),
  caller: { userId, name: `${userId}@example.com`, role: "viewer" },
});

test("each person has their own, under names of their own", async () => {
  const failed = await createSavedFilter(as("ada"), { name: " Failed ", query: "status=Failed" });
  await createSavedFilter(as("ada"), { name: "Copies", query: "operation=S3PutObjectCopy" });
  await createSavedFilter(as("bo"), { name: "Failed", query: "failures=true" });
  expect(await listSavedFilters(as("ada"))).toEqual([
    { id: expect.any(String), name: "Copies", query: "operation=S3PutObjectCopy" },
    { id: failed.id, name: "Failed", query: "status=Failed" },
  ]);
  await expect(createSavedFilter(as("ada"), { name: "Failed", query: "" })).rejects.toMatchObject({ code: "Conflict" });
  await expect(updateSavedFilter(as("ada"), failed.id, { name: "Copies" })).rejects.toMatchObject({ code: "Conflict" });

  await updateSavedFilter(as("ada"), failed.id, { name: "Went wrong" });
  expect(await updateSavedFilter(as("ada"), failed.id, { query: "failures=true" })).toEqual({ id: failed.id, name: "Went wrong", query: "failures=true" });

  await expect(updateSavedFilter(as("bo"), failed.id, { query: "mine" })).rejects.toMatchObject({ code: "NotFound" });
  await expect(deleteSavedFilter(as("bo"), failed.id)).rejects.toMatchObject({ code: "NotFound" });
  await expect(deleteSavedFilter(as("ada"), "x")).rejects.toMatchObject({ code: "NotFound" });
  await deleteSavedFilter(as("ada"), failed.id);
  await expect(deleteSavedFilter(as("ada"), failed.id)).rejects.toMatchObject({ code: "NotFound" });
  expect((await listSavedFilters(as("ada"))).map((filter) => filter.name)).toEqual(["Copies"]);
});

test("nobody who is no person has any, and names and queries are bounded", async () => {
  await expect(listSavedFilters(as(null))).rejects.toMatchObject({ code: "Forbidden" });
  await expect(createSavedFilter(as("ada"), { name: "  ", query: "" })).rejects.toThrow();
  await expect(createSavedFilter(as("ada"), { name: "x", query: "x".repeat(5000) })).rejects.toThrow();
});

test("two at once are not both the last one allowed", async () => {
  await db.savedFilter.deleteMany({ where: { userId: "bo" } });
  await db.savedFilter.createMany({ data: Array.from({ length: maxSavedFilters - 1 }, (_, index) => ({ userId: "bo", name: `n${index}`, query: "" })) });
  const both = await Promise.allSettled(["one", "two"].map((name) => createSavedFilter(as("bo"), { name, query: "" })));
  expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
});
