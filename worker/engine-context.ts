import type { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { Db } from "#lib/db/client.ts";
import type { CopySizes } from "#lib/operations/operation.ts";

/** What every step of the engine works with. */
export interface EngineContext {
  db: Db;
  boss: PgBoss;
  now: () => Date;
  log: Logger;
  /** How objects that are copied in parts are cut, where it is not as usual. */
  sizes?: CopySizes;
}
