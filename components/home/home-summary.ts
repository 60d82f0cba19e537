import type { Home } from "#lib/home/home-views.ts";

/** The page in a sentence. */
export function homeSummary({ mayConfirm, awaiting, running, start }: Pick<Home, "mayConfirm" | "awaiting" | "running" | "start">): string {
  if (start) return "One operation on every object of a list: one, ten thousand or a billion.";
  const waits =
    awaiting.total === 0 ? null : `${jobs(awaiting.total)} ${awaiting.total === 1 ? "awaits" : "await"} ${mayConfirm ? "your confirmation" : "a reviewer"}`;
  const runs = running.total === 0 ? null : `${waits ? number(running.total) : jobs(running.total)} ${running.total === 1 ? "is" : "are"} under way`;
  if (waits && runs) return `${waits}, and ${runs}.`;
  if (waits ?? runs) return `${waits ?? runs}.`;
  return "Nothing needs you, and no job is under way.";
}

const number = (count: number): string => count.toLocaleString("en-US");
const jobs = (count: number): string => `${number(count)} ${count === 1 ? "job" : "jobs"}`;
