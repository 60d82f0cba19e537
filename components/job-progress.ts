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
export function formatPercent(percent: number): string {
  if (percent > 0 && percent < 0.1) return "<0.1%";
  const tenths = Math.floor(percent * 10 + 1e-9) / 10;
  return `${tenths}%`;
}

/** How many of the tasks that ended have failed, as text; null where none has ended. */
export function failureShare({ succeededTasks, failedTasks }: TaskCounts): string | null {
  const done = succeededTasks + failedTasks;
  return done === 0 ? null : formatPercent((failedTasks / done) * 100);
}

/** @returns whole seconds until the last task ends at this rate; null where the rate says nothing */
export function secondsLeft(counts: TaskCounts, tasksPerSecond: number | null): number | null {
  if (tasksPerSecond === null || tasksPerSecond <= 0) return null;
  const left = counts.totalTasks - counts.succeededTasks - counts.failedTasks;
  return left <= 0 ? 0 : Math.ceil(left / tasksPerSecond);
}

const spans = [
  { unit: "d", seconds: 86_400 },
  { unit: "h", seconds: 3600 },
  { unit: "min", seconds: 60 },
  { unit: "s", seconds: 1 },
] as const;

/** Its two largest units: "3 s", "2 min 5 s", "1 h 4 min", "2 d". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const first = spans.findIndex((span) => whole >= span.seconds);
  const major = spans[first];
  if (major === undefined) return seconds > 0 ? "<1 s" : "0 s";
  const minor = spans[first + 1];
  const rest = minor === undefined ? 0 : Math.floor((whole % major.seconds) / minor.seconds);
  const head = `${Math.floor(whole / major.seconds)} ${major.unit}`;
  return rest > 0 && minor ? `${head} ${rest} ${minor.unit}` : head;
}

/** Tasks a second: whole from 10 on, one decimal below. */
export function formatRate(tasksPerSecond: number): string {
  const digits = tasksPerSecond >= 10 ? 0 : 1;
  return `${tasksPerSecond.toLocaleString("en-US", { maximumFractionDigits: digits })}/s`;
}

const sizes = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** Binary units with one decimal below 10: "812 B", "1.4 MiB". */
export function formatBytes(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value.toLocaleString("en-US", { maximumFractionDigits: power > 0 && value < 10 ? 1 : 0 })} ${sizes[power]}`;
}

/** "1 object", "10,000 objects". */
export const countOf = (count: number, noun: string): string => `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
