import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { MigrationList, SchemaFilter } from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { openSchemaEngine } from "./schema-engine.ts";

const DIRECTORY = join(import.meta.dirname, "migrations");
const SCHEMA = join(import.meta.dirname, "schema.prisma");
/** Any number, as long as nobody else in the database uses it. */
const LOCK = 5_104_072_026;
const filters: SchemaFilter = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations that the database lacks. Safe when several processes do it at once: they take turns.
 * `_prisma_migrations` stays what the Prisma CLI writes.
 * @returns names of the migrations that were applied, in order
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  return locked(databaseUrl, async () => {
    const engine = await openSchemaEngine(databaseUrl, [await schema()]);
    try {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: await migrationList(), filters });
      return appliedMigrationNames;
    } finally {
      engine.free();
    }
  });
}

/**
 * The SQL that takes a database to what prisma/schema.prisma says; empty when it is there already.
 * Migrate the database first, so that the difference is what the next migration should hold.
 */
export async function pendingDiff(databaseUrl: string): Promise<string> {
  const [path, content] = await schema();
  const engine = await openSchemaEngine(databaseUrl, [[path, content]]);
  try {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files: [{ path, content }], configDir: import.meta.dirname },
      to: { tag: "schemaDatamodel", files: [{ path, content }] },
      script: true,
      exitCode: null,
      filters,
    });
    const sql = stdout?.trim() ?? "";
    return sql.startsWith("-- This is an empty migration") ? "" : sql;
  } finally {
    engine.free();
  }
}

/** Writes the pending difference as a new migration. @returns its file, or null when there is no difference */
export async function newMigration(databaseUrl: string, name: string): Promise<string | null> {
  await migrate(databaseUrl);
  const sql = await pendingDiff(databaseUrl);
  if (sql === "") return null;
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const directory = join(DIRECTORY, `${stamp}_${name.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`);
  await mkdir(directory, { recursive: true });
  const file = join(directory, "migration.sql");
  await writeFile(file, `${sql}\n`);
  return file;
}

/** A session lock on a connection of its own: it is gone with the process, whatever happens to that. */
async function locked<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
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
