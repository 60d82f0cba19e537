import type { PgBoss } from "pg-boss";
import type { AuditSource } from "../audit/audit-source.ts";
import type { Db } from "../db/client.ts";
import type { PersonRole } from "../db/generated/enums.ts";

/** Who asks. Engine steps use `engine`. */
export interface Caller {
  userId: string | null;
  /** Shown in the job's timeline. */
  name: string;
  role: PersonRole;
  /** The console's session that asks; missing where none does. */
  session?: { id: string; lastSeenAt: Date | null };
}

export const engine: Caller = { userId: null, name: "Longshore", role: "admin" };

/** What every verb works with. */
export interface Context {
  db: Db;
  boss: PgBoss;
  caller: Caller;
  /** Where the request came from; missing where none did, for what Longshore does by itself. */
  source?: AuditSource;
  accountId: string;
  now: () => Date;
}
