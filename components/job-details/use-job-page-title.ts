import { useEffect } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { percentDone, percentText } from "../job-progress.ts";
import { hasEnded, isPreparing, statusWords } from "../job-status.ts";
import { visibleText } from "../visible-text.ts";

type Titled = Pick<JobDetails, "status" | "description" | "operationTitle" | "totalTasks" | "succeededTasks" | "failedTasks">;

/** Leaves room for the rest of a tab's title. */
const maxName = 80;

/** "42% · Weekly log copy": what a tab among others has to say. */
export function jobPageTitle(job: Titled): string {
  const name = visibleText((job.description || job.operationTitle).slice(0, maxName));
  const runs = !isPreparing(job.status) && !hasEnded(job.status) && job.status !== "Suspended" && job.status !== "Ready";
  return `${runs ? percentText(Math.floor(percentDone(job))) : statusWords(job.status).label} · ${name}`;
}

/** Has the tab's title say how far the job is. */
export function useJobPageTitle(job: Titled | undefined): void {
  const title = job && jobPageTitle(job);
  useEffect(() => {
    if (title !== undefined) document.title = title;
  }, [title]);
}
