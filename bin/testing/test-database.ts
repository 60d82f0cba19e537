import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the run's PostgreSQL, as its superuser. */
    postgresUrl: string;
    /** Migrated and never written to: what each test database is a copy of. */
    templateDatabase: string;
  }
}

export interface TestDatabase {
  url: string;
  /** Ends whatever is still connected, and removes the database. */
  drop: () => Promise<void>;
}

/**
 * A migrated, empty database (pg-boss's schema included) for one integration test file, in some 50 ms:
 *
 *     const database = await createTestDatabase();
 *     const db = createDb(database.url);
 *     afterAll(async () => { await db.$disconnect(); await database.drop(); });
 *
 * Only in `*.itest.ts`: the run's PostgreSQL is started by bin/testing/integration-setup.ts.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = inject("postgresUrl");
  await run(admin, `CREATE DATABASE ${name} TEMPLATE ${inject("templateDatabase")} STRATEGY FILE_COPY`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
