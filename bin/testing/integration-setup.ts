import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../../prisma/migrate.ts";
import { startTemporaryPostgres } from "./temporary-postgres.ts";
import type {} from "./test-database.ts";

const TEMPLATE = "longshore_template";

/** One PostgreSQL for the whole run of integration tests, and a migrated database to copy from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTemporaryPostgres();
  try {
    const template = new URL(postgres.url);
    template.pathname = `/${TEMPLATE}`;
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(`CREATE DATABASE ${TEMPLATE}`);
    await client.end();
    await migrate(template.href);
    project.provide("postgresUrl", postgres.url);
    project.provide("templateDatabase", TEMPLATE);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return postgres.stop;
}
