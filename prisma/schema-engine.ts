import { readFile } from "node:fs/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

let loaded: Promise<void> | undefined;

/** Prisma's schema engine is a WebAssembly file in a package, so migrating needs no download. */
async function load(): Promise<void> {
  const file = new URL("./schema_engine_bg.wasm", import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const imports: WebAssembly.ModuleImports = {};
  for (const [name, value] of Object.entries(bindings)) if (typeof value === "function") imports[name] = value;
  const { instance } = await WebAssembly.instantiate(await readFile(file), { "./schema_engine_bg.js": imports });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
}

const INTERNAL_CHAR = 18;

/** The catalogue's type "char" is unknown to the adapter, which then cannot describe a database: shown to it as char(1). */
class CatalogueClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.connection.prependListener("rowDescription", (message: { fields: pg.FieldDef[] }) => {
      for (const field of message.fields) if (field.dataTypeID === INTERNAL_CHAR) field.dataTypeID = pg.types.builtins.BPCHAR;
    });
  }
}

/**
 * Prisma's migration engine, speaking to a database through the same driver as the client.
 * @param schemas [path, content] of the schema files it should know
 */
export async function openSchemaEngine(databaseUrl: string, schemas: [string, string][]): Promise<bindings.SchemaEngine> {
  loaded ??= load();
  await loaded;
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl, max: 2, Client: CatalogueClient }));
  return bindings.SchemaEngine.new({ datamodels: schemas }, () => {}, adapter);
}
