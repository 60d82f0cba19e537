import { readdirSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../bin/testing/test-database.ts";
import { migrate, pendingDiff } from "./migrate.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const query = async (sql: string) => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

describe("migrations", () => {
  test("hold everything that the schema says", async () => {
    expect(await pendingDiff(database.url)).toBe("");
  });

  test("are applied once, however many processes start at the same time", async () => {
    await query("DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA pgboss CASCADE");
    const all = readdirSync(new URL("./migrations", import.meta.url)).filter((name) => /^\d{14}_/.test(name));
    const applied = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    expect(applied.flat()).toEqual(all.sort());
    expect(await query('SELECT count(*)::int AS jobs FROM "Job"')).toEqual([{ jobs: 0 }]);
  });
});
