import type { JobDetails } from "#lib/jobs/job-views.ts";
import { type JobEventName, transition } from "#lib/jobs/transition.ts";

/** What a job will be once a request is taken, so that the page can show it before it is read again. */

const none: JobDetails["actions"] = { confirm: false, cancel: false, priority: false, pause: false, resume: false, limits: false };

function moved(job: JobDetails, event: JobEventName): JobDetails {
  const status = transition(job.status, event) ?? job.status;
  return { ...job, status, tasksPerSecond: status === "Active" ? job.tasksPerSecond : null };
}

/** By whom is known once the job is read again. */
export const paused = (job: JobDetails): JobDetails => ({
  ...moved(job, "pause"),
  pausedByPerson: true,
  actions: { ...job.actions, pause: false, resume: true },
});

export const resumed = (job: JobDetails): JobDetails => ({
  ...moved(job, "resume"),
  pausedBy: null,
  pausedByPerson: false,
  actions: { ...job.actions, pause: true, resume: false },
});

export const cancelled = (job: JobDetails): JobDetails => ({ ...moved(job, "cancel"), actions: none });
