import type { JobDetails } from "#lib/jobs/job-views.ts";
import { countOf } from "./job-progress.ts";
import { formatNumber } from "./ui/number.tsx";

type CanaryJob = Pick<JobDetails, "canary" | "status" | "totalTasks" | "succeededTasks" | "failedTasks">;

/** "The first 100 of 12,345 objects". */
export const firstOf = ({ totalTasks }: CanaryJob, first: number): string =>
  `The first ${first === 1 ? "" : `${formatNumber(first)} `}of ${countOf(totalTasks, "object")}`;

/** Which objects a review's sample is of, and whether it still says how they are. */
export function sampleWords(job: CanaryJob & Pick<JobDetails, "events" | "preflight">): string {
  const all = "Some objects from all over the list";
  const ran = job.succeededTasks + job.failedTasks;
  const began = job.events.find((event) => event.type === "activate");
  if (ran === 0 || !began || !job.preflight) return `${all}.`;
  const first = ran === 1 ? "the first one" : `the first ${formatNumber(ran)}`;
  return Date.parse(job.preflight.checkedAt) < Date.parse(began.at)
    ? `${all}, as they were before ${first} ran. Check again to see how they are now.`
    : `${all}, as they were seen after ${first} had run: those stay as they are.`;
}

/** What a job is doing whose first objects run before somebody is asked again; null for any other, and for one that is ending. */
export function canaryMeaning(job: CanaryJob): string | null {
  const { canary, status, totalTasks, succeededTasks, failedTasks } = job;
  if (canary === null) return null;
  if (canary.awaitsDecision) {
    const ran = succeededTasks + failedTasks;
    return `${firstOf(job, ran)} ${ran === 1 ? "has" : "have"} run. The job waits until somebody has looked at the outcome and decides about the other ${formatNumber(totalTasks - ran)}.`;
  }
  if (status === "Ready" || status === "Active")
    return `${firstOf(job, canary.until)} ${canary.until === 1 ? "runs" : "run"} now. Then the job stops and asks again.`;
  if (status === "Cancelled") return "Somebody cancelled the job before it ran on all objects. Those that it had already changed stay changed.";
  return null;
}
