import { PgBoss } from "pg-boss";

export const bossSchema = "pgboss";

interface BossOptions {
  /** Watch the leases of every worker; one worker process in a machine's group is enough, more do no harm. */
  supervise?: boolean;
  /** Connections in its pool. */
  max?: number;
}

/** The queue of leases. Not started yet: call `start()`, and `stop()` before the process ends. */
export function createBoss(connectionString: string, { supervise = false, max = 4 }: BossOptions = {}): PgBoss {
  return new PgBoss({
    connectionString,
    schema: bossSchema,
    max,
    supervise,
    schedule: false,
    migrate: false,
    // A dead worker's lease must be noticed within seconds.
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    queueCacheIntervalSeconds: 60,
  });
}

/** Creates or upgrades the queue's own schema. Belongs to the migrations; safe to run from several processes at once. */
export async function installBoss(connectionString: string): Promise<void> {
  const boss = new PgBoss({ connectionString, schema: bossSchema, max: 2, supervise: false, schedule: false });
  await boss.start();
  await boss.stop({ graceful: false });
}

/** Starts the queue; a start that fails leaves nothing behind, and may be tried again. */
export async function startBoss(boss: PgBoss): Promise<void> {
  try {
    await boss.start();
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw error;
  }
}
