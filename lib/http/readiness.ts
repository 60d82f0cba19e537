import { setTimeout as sleep } from "node:timers/promises";
import { databaseAnswers } from "../db/database-answers.ts";
import type { Runtime } from "./runtime.ts";

interface Parts {
  db: Pick<Runtime["db"], "$queryRaw">;
  boss: () => Promise<unknown>;
}

export type Readiness = { ready: true } | { ready: false; reason: string };

/** Anybody may ask, and as often as they like: the database hears of it once in this time. */
const freshMs = 1_000;
const patienceMs = 3_000;
let last: { at: number; of: Promise<Readiness> } | null = null;

/** Whether a console can answer: its database does, and its queue has started. Reasons are for anybody to read. */
export function readiness(runtime: Parts, now = Date.now()): Promise<Readiness> {
  if (last === null || now - last.at >= freshMs) last = { at: now, of: look(runtime) };
  return last.of;
}

async function look({ db, boss }: Parts): Promise<Readiness> {
  if (!(await databaseAnswers(db))) return { ready: false, reason: "The database does not answer." };
  const started = boss().then(
    () => true,
    () => false,
  );
  return (await Promise.race([started, sleep(patienceMs, false, { ref: false })])) ? { ready: true } : { ready: false, reason: "The queue has not started." };
}
