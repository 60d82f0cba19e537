import type { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { Db } from "#lib/db/client.ts";

/** What every step of the engine works with. */
export interface EngineContext {
  db: Db;
  boss: PgBoss;
  now: () => Date;
  log: Logger;
}
