import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "./client.ts";

const patienceMs = 3_000;

/** Whether the database is there. Asked after an error that nobody foresaw, in whatever clothes the error came. */
export const databaseAnswers = (db: Pick<Db, "$queryRaw">): Promise<boolean> =>
  Promise.race([
    db.$queryRaw`SELECT 1`.then(
      () => true,
      () => false,
    ),
    sleep(patienceMs, false, { ref: false }),
  ]);
