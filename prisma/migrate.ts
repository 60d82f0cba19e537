import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DiffTarget, MigrationList, SchemaFilter } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { installBoss } from "#lib/db/boss.ts";
import { Connection } from "#lib/db/connection.ts";
import { withSchemaEngine } from "./schema-engine.ts";

const DIRECTORY = join(import.meta.dirname, "migrations");
/** The schema as of the last migration. */
const SNAPSHOT = join(DIRECTORY, "schema.prisma");
const SCHEMA = join(import.meta.dirname, "schema.prisma");
/** Any number, as long as nobody else in the database uses it. */
const LOCK = 5_104_072_026;
const filters: SchemaFilter = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations that the database lacks, and installs or upgrades the queue's own schema. Safe when several processes do it at once: they take turns.
 * `_prisma_migrations` stays what the Prisma CLI writes.
 * @returns names of the migrations that were applied, in order
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  return locked(databaseUrl, async () => {
    const schemas = [await schema()];
    const migrationsList = await migrationList();
    const { appliedMigrationNames } = await withSchemaEngine(databaseUrl, schemas, (engine) => engine.applyMigrations({ migrationsList, filters }));
    await installBoss(databaseUrl);
    return appliedMigrationNames;
  });
}

/**
 * The SQL that the next migration should hold: from the schema of the last migration to prisma/schema.prisma. Empty when they agree.
 * Two schemas are compared, since describing a database is beyond the driver adapter; the database only tells its version.
 */
export async function pendingDiff(databaseUrl: string): Promise<string> {
  const [path, content] = await schema();
  const before = await readFile(SNAPSHOT, "utf8");
  const from: DiffTarget = { tag: "schemaDatamodel", files: [{ path, content: before }] };
  const to: DiffTarget = { tag: "schemaDatamodel", files: [{ path, content }] };
  const { stdout } = await withSchemaEngine(databaseUrl, [[path, content]], (engine) => engine.diff({ from, to, script: true, exitCode: null, filters }));
  const sql = stdout?.trim() ?? "";
  return sql.startsWith("-- This is an empty migration") ? "" : sql;
}

/** Writes the pending difference as a new migration. @returns its file, or null when there is no difference */
export async function newMigration(databaseUrl: string, name: string): Promise<string | null> {
  const sql = await pendingDiff(databaseUrl);
  if (sql === "") return null;
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const directory = join(DIRECTORY, `${stamp}_${name.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`);
  await mkdir(directory, { recursive: true });
  const file = join(directory, "migration.sql");
  await writeFile(file, `${sql}\n`);
  await copyFile(SCHEMA, SNAPSHOT);
  return file;
}

/** A session lock on a connection of its own: it is gone with the process, whatever happens to that. */
async function locked<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const client = new Connection({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    return await work();
  } finally {
    await client.end();
  }
}

const schema = async (): Promise<[string, string]> => [SCHEMA, await readFile(SCHEMA, "utf8")];

async function migrationList(): Promise<MigrationList> {
  const entries = await readdir(DIRECTORY, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const lockfile = await readFile(join(DIRECTORY, "migration_lock.toml"), "utf8");
  return {
    baseDir: DIRECTORY,
    lockfile: { path: "migration_lock.toml", content: lockfile },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.sort().map(async (path) => ({
        path,
        migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: await readFile(join(DIRECTORY, path, "migration.sql"), "utf8") } },
      })),
    ),
  };
}

if (import.meta.main) {
  const [command, name] = process.argv.slice(2);
  if (command !== "new" || !name) {
    console.error("Usage: node prisma/migrate.ts new <name>   writes the difference between the last migration and prisma/schema.prisma");
    process.exit(1);
  }
  const { startTemporaryPostgres } = await import("../bin/testing/temporary-postgres.ts");
  const postgres = await startTemporaryPostgres();
  try {
    console.log((await newMigration(postgres.url, name)) ?? "The migrations are up to date with prisma/schema.prisma.");
  } finally {
    await postgres.stop();
  }
}
