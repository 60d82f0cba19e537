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

/** A start that the database was there for, and failed all the same. */
const maxTries = 5;

/** Does what a process starts with; a database that goes away in the middle of it is waited for, and it is done again. */
export async function startWithDatabase(db: Db, onWait: () => void, start: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await untilDatabaseAnswers(db, onWait);
    try {
      return await start();
    } catch (error) {
      if (tries === maxTries) throw error;
      onWait();
      await sleep(pauseMs);
    }
  }
}
