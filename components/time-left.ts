import type { JobStatus } from "#lib/db/generated/enums.ts";
import type { TaskCounts } from "./job-progress.ts";

/** When a job is expected to have run all its tasks. */
export interface TimeLeft {
  /** "about 12 minutes", rounded so that it does not flicker. */
  words: string;
  /** ms since 1970. */
  finishAt: number;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
/** What is further away than that is a guess about nothing. */
const longest = 400 * day;

/**
 * @param rate tasks a second over the last while; null where it is not known
 * @returns null where nothing can be said: the job does not run, or its rate is not known
 */
export function timeLeft({ status, ...counts }: TaskCounts & { status: JobStatus }, rate: number | null, now: number): TimeLeft | null {
  if (status !== "Active" || rate === null || !(rate > 0)) return null;
  const left = counts.totalTasks - counts.succeededTasks - counts.failedTasks;
  if (left <= 0) return null;
  const seconds = left / rate;
  return seconds > longest ? null : { words: aboutWords(seconds), finishAt: now + seconds * 1_000 };
}

function aboutWords(seconds: number): string {
  if (seconds < 50) return "less than a minute";
  if (seconds < 20 * minute) return about(Math.max(1, Math.round(seconds / minute)), "minute");
  if (seconds < 57.5 * minute) return about(Math.round(seconds / minute / 5) * 5, "minute");
  if (seconds < 10 * hour) return about(Math.round((seconds / hour) * 2) / 2, "hour");
  if (seconds < 36 * hour) return about(Math.round(seconds / hour), "hour");
  return about(Math.round(seconds / day), "day");
}

const about = (count: number, unit: string): string => `about ${count} ${unit}${count === 1 ? "" : "s"}`;
