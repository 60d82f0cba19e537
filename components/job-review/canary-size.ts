import { maxCanaryTasks } from "#lib/jobs/max-canary-tasks.ts";
import { countOf } from "../job-progress.ts";
import { formatNumber } from "../ui/number.tsx";
import { parseCount } from "./typed-count.ts";

interface Counts {
  totalTasks: number;
  succeededTasks: number;
  failedTasks: number;
}

export const tasksRun = ({ succeededTasks, failedTasks }: Counts): number => succeededTasks + failedTasks;
export const tasksLeft = (job: Counts): number => job.totalTasks - tasksRun(job);

/** What is proposed: a hundred, or a tenth of a small job. */
export const proposedCanary = (job: Counts): number => Math.min(100, Math.max(1, Math.floor(tasksLeft(job) / 10)));

/** What the button says that runs them. @param choice whether it is the first of them only, and how many run */
export function runWords(job: Counts & { dryRun: boolean }, { first, again, objects }: { first: boolean; again: boolean; objects: number }): string {
  const only = objects === 1 ? "object" : countOf(objects, "object");
  if (first) return `Run the ${again ? "next" : "first"} ${only}`;
  if (again) return `Run the remaining ${only}`;
  return `${job.dryRun ? "Start dry run" : "Run job"} on ${countOf(objects, "object")}`;
}

/** What is wrong with what somebody typed as the number of first objects; undefined when they may run. */
export function canaryError(typed: string, job: Counts): string | undefined {
  const count = parseCount(typed);
  const left = tasksLeft(job);
  const most = Math.min(maxCanaryTasks, left - 1);
  if (count !== null && count >= 1 && count <= most) return undefined;
  if (count !== null && count >= left) return `${countOf(left, "object")} ${left === 1 ? "is" : "are"} left: run fewer first, or all at once`;
  return `Type a number from 1 to ${formatNumber(most)}`;
}
