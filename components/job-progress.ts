export interface TaskCounts {
  totalTasks: number;
  succeededTasks: number;
  failedTasks: number;
}

/** @returns 0 to 100; below 100 until every task has ended, whatever rounding would make of it */
export function percentDone({ totalTasks, succeededTasks, failedTasks }: TaskCounts): number {
  if (totalTasks <= 0) return 0;
  const done = succeededTasks + failedTasks;
  if (done >= totalTasks) return 100;
  return Math.min(99.9, (done / totalTasks) * 100);
}

/** Rounded down to a tenth: "99.9%" is never shown as 100%, "0%" only where nothing has ended. */
export function percentText(percent: number): string {
  if (percent > 0 && percent < 0.1) return "<0.1%";
  const tenths = Math.floor(percent * 10 + 1e-9) / 10;
  return `${tenths}%`;
}

/** How many of the tasks that ended have failed, as text; null where none has ended. */
export function failureShare({ succeededTasks, failedTasks }: TaskCounts): string | null {
  const done = succeededTasks + failedTasks;
  return done === 0 ? null : percentText((failedTasks / done) * 100);
}

/** @returns whole seconds until the last task ends at this rate; null where the rate says nothing */
export function secondsLeft(counts: TaskCounts, tasksPerSecond: number | null): number | null {
  if (tasksPerSecond === null || tasksPerSecond <= 0) return null;
  const left = counts.totalTasks - counts.succeededTasks - counts.failedTasks;
  return left <= 0 ? 0 : Math.ceil(left / tasksPerSecond);
}

/** Tasks a second: whole from 10 on, one decimal below. */
export function formatRate(tasksPerSecond: number): string {
  const digits = tasksPerSecond >= 10 ? 0 : 1;
  return `${tasksPerSecond.toLocaleString("en-US", { maximumFractionDigits: digits })}/s`;
}

/** "1 object", "10,000 objects". */
export const countOf = (count: number, noun: string): string => `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
