import { formatNumber } from "../ui/number.tsx";

/** What somebody typed as a number of objects: 1,234 and 1 234 are what people write. @returns null when it is no number */
export function parseCount(typed: string): number | null {
  const digits = typed.replace(/[\s,.'’_]/g, "");
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/** What is wrong with it; undefined when it is the number of the job's objects. */
export function countError(typed: string, total: number): string | undefined {
  const count = parseCount(typed);
  if (count === total) return undefined;
  if (count === null) return `Type the number of objects, ${formatNumber(total)}, to run this job`;
  return `The job is on ${formatNumber(total)} objects, not on ${formatNumber(count)}. Look at the review again`;
}
