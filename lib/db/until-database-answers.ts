import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "./client.ts";
import { databaseAnswers } from "./database-answers.ts";

const pauseMs = 1_000;

/** Waits for the database: a process that starts while it restarts has nothing to be ashamed of. @param onWait called once, when there is a wait */
export async function untilDatabaseAnswers(db: Db, onWait: () => void): Promise<void> {
  if (await databaseAnswers(db)) return;
  onWait();
  do await sleep(pauseMs);
  while (!(await databaseAnswers(db)));
}
