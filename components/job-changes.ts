import type { JobDetails, JobListItem } from "#lib/jobs/job-views.ts";
import { type JobEventName, transition } from "#lib/jobs/transition.ts";

/** What a job will be once a request is taken, so that a page can show it before it is read again. */

export interface ListActions {
  pause: boolean;
  resume: boolean;
  priority: boolean;
  cancel: boolean;
}

/** What the status allows, as far as a list knows; what the person may do is another question. */
export const actionsOf = ({ status, pausedByPerson }: Pick<JobListItem, "status" | "pausedByPerson">): ListActions => ({
  pause: !pausedByPerson && transition(status, "pause") !== null,
  resume: pausedByPerson && transition(status, "resume") !== null,
  // A job that is ending or has ended waits for nobody.
  priority: transition(status, "cancel") !== null,
  cancel: transition(status, "cancel") !== null,
});

/** A list's item, or the whole job, whose actions change too. */
function moved<Job extends JobListItem>(job: Job, event: JobEventName, actions: Partial<JobDetails["actions"]>): Job {
  const status = transition(job.status, event) ?? job.status;
  return { ...job, status, ...("actions" in job && { actions: { ...(job.actions as JobDetails["actions"]), ...actions } }) };
}

/** By whom is known once the job is read again. */
export const paused = <Job extends JobListItem>(job: Job): Job => ({ ...moved(job, "pause", { pause: false, resume: true }), pausedByPerson: true });

export const resumed = <Job extends JobListItem>(job: Job): Job => ({ ...moved(job, "resume", { pause: true, resume: false }), pausedByPerson: false });

export const cancelled = <Job extends JobListItem>(job: Job): Job => ({
  ...moved(job, "cancel", { confirm: false, takeBack: false, sendBack: false, askAgain: false, replace: false, cancel: false, pause: false, resume: false }),
  sentBack: false,
});
