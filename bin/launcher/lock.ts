import { readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, startTime } from "../processes.ts";

interface Holder {
  pid: number;
  /** See processes.ts: pids are used again. */
  startTime: string | null;
}

/**
 * Takes a lock file for this process. One whose holder is gone is taken over.
 * @param waitMs how long to wait for a holder that may be about to end
 * @returns a function that gives it back, or the pid of the holder
 */
export async function takeLock(file: string, waitMs: number): Promise<(() => void) | { heldBy: number }> {
  const mine = JSON.stringify({ pid: process.pid, startTime: startTime(process.pid) } satisfies Holder);
  const end = Date.now() + waitMs;
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: "wx", mode: 0o600 });
      return () => removeIf(file, mine);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const text = readOrEmpty(file);
    const holder = parseHolder(text);
    const held = holder !== null && holder.pid !== process.pid && isAlive(holder.pid) && startTime(holder.pid) === holder.startTime;
    if (!held) removeIf(file, text);
    else if (Date.now() > end) return { heldBy: holder.pid };
    else await sleep(100);
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("pid" in value) || typeof value.pid !== "number") return null;
    return { pid: value.pid, startTime: "startTime" in value && typeof value.startTime === "string" ? value.startTime : null };
  } catch {
    return null;
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function removeIf(file: string, content: string): void {
  try {
    if (readFileSync(file, "utf8") === content) unlinkSync(file);
  } catch {
    // Gone already.
  }
}
