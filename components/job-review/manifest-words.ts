import type { JobDetails } from "#lib/jobs/job-views.ts";
import { countOf } from "../job-progress.ts";
import { formatNumber } from "../ui/number.tsx";

type Found = Pick<JobDetails, "duplicateRows" | "leftOut">;

/** How many rows name an object again; null where nobody counts them. */
export function duplicateWords({ duplicateRows: found }: Found): string | null {
  if (found === null) return null;
  if (found.state === "counting") return "Being counted…";
  if (found.state === "unknown") return "Could not be counted";
  if (found.rows === 0) return found.sampleOf === undefined ? "None" : `None among one in ${formatNumber(found.sampleOf)} of the objects`;
  return found.sampleOf === undefined
    ? formatNumber(found.rows)
    : `About ${formatNumber(found.rows)}, judging by one in ${formatNumber(found.sampleOf)} of the objects`;
}

/** For the reviewer, what duplicate rows do; null where there are none. */
export function duplicateWarning({ duplicateRows: found }: Found): { title: string; text: string } | null {
  if (found?.state !== "counted" || found.rows === 0) return null;
  const about = found.sampleOf === undefined ? "" : "About ";
  const names = found.rows === 1 ? "names" : "name";
  return {
    title: `${about}${countOf(found.rows, "row")} of the manifest ${names} an object that an earlier row names`,
    text: "Each row is a task of its own: the operation is done to such an object once for each of its rows, in no particular order.",
  };
}

/** What of the manifest is no task: "12 delete markers and 3 older versions"; null where all of it is. */
export function leftOutWords({ leftOut }: Pick<Found, "leftOut">): string | null {
  const parts = leftOut.filter(({ count }) => count > 0).map(({ reason, count }) => `${formatNumber(count)} ${reason}`);
  if (parts.length === 0) return null;
  return parts.length === 1 ? (parts[0] as string) : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
