import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { Connection } from "#lib/db/connection.ts";

let loaded: Promise<void> | undefined;

/** Prisma's schema engine is a WebAssembly file in a package, so migrating needs no download. */
async function load(): Promise<void> {
  const file = join(dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg")), "schema_engine_bg.wasm");
  const imports: WebAssembly.ModuleImports = {};
  for (const [name, value] of Object.entries(bindings)) if (typeof value === "function") imports[name] = value;
  const { instance } = await WebAssembly.instantiate(await readFile(file), { "./schema_engine_bg.js": imports });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
}

/** The driver cuts a script at every semicolon, those within the body of a function too. PostgreSQL takes a script as it is, in one transaction. */
class WholeScripts extends PrismaPg {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => void (await this.#pool.query(script));
    return adapter;
  }
}

/**
 * Runs work with Prisma's migration engine, which speaks to the database through the same driver as the client.
 * @param schemas [path, content] of the schema files it should know
 */
export async function withSchemaEngine<T>(databaseUrl: string, schemas: [string, string][], work: (engine: bindings.SchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= load();
  await loaded;
  // The engine never closes its connections, so they are ours.
  const pool = new pg.Pool({ Client: Connection, connectionString: databaseUrl, max: 2 });
  try {
    const engine = await bindings.SchemaEngine.new({ datamodels: schemas }, () => {}, bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool)));
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}
