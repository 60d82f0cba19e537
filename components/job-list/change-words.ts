import type { ChangesForeseen, JobAction } from "#lib/jobs/job-actions.ts";
import { countOf } from "../job-progress.ts";
import { formatNumber } from "../ui/number.tsx";

interface ActionWords {
  title: (jobs: number) => string;
  /** What will happen to those that allow it. */
  meaning: (foreseen: ChangesForeseen) => string;
  button: (jobs: number) => string;
  /** Of those it was done to. */
  done: (jobs: number) => string;
  /** "3 jobs cannot be …" */
  participle: string;
}

const are = (jobs: number): string => `${countOf(jobs, "job")} ${jobs === 1 ? "is" : "are"}`;

export const actionWords: Record<JobAction, ActionWords> = {
  cancel: {
    title: (jobs) => `Cancel ${countOf(jobs, "job")}?`,
    meaning: ({ tasks, tasksRun }) =>
      `${
        tasksRun === 0
          ? "No object has been touched yet."
          : `${formatNumber(tasksRun)} of ${countOf(tasks, "object")} have been worked on and stay as they are now. Tasks that are running end first.`
      } A cancelled job cannot be started again.`,
    button: (jobs) => `Cancel ${countOf(jobs, "job")}`,
    done: (jobs) => `${are(jobs)} being cancelled`,
    participle: "cancelled",
  },
  priority: {
    title: (jobs) => `Change the priority of ${countOf(jobs, "job")}`,
    meaning: () => "Jobs of higher priority get the workers first; those of lower priority have what is left.",
    button: (jobs) => `Change ${countOf(jobs, "job")}`,
    done: (jobs) => `${countOf(jobs, "job")} ${jobs === 1 ? "has" : "have"} the priority now`,
    participle: "changed",
  },
  pause: {
    title: (jobs) => `Pause ${countOf(jobs, "job")}?`,
    meaning: () => "Tasks that are running end first, and no new one starts until somebody resumes the job.",
    button: (jobs) => `Pause ${countOf(jobs, "job")}`,
    done: (jobs) => `${are(jobs)} paused`,
    participle: "paused",
  },
  resume: {
    title: (jobs) => `Resume ${countOf(jobs, "job")}?`,
    meaning: () => "They go on from where they stopped.",
    button: (jobs) => `Resume ${countOf(jobs, "job")}`,
    done: (jobs) => `${countOf(jobs, "job")} ${jobs === 1 ? "goes" : "go"} on`,
    participle: "resumed",
  },
};

/** Jobs that have one reason stand together, the most frequent first. */
export function byReason<Unchanged extends { reason: string }>(jobs: readonly Unchanged[]): { reason: string; jobs: Unchanged[] }[] {
  const groups = new Map<string, Unchanged[]>();
  for (const job of jobs) groups.set(job.reason, [...(groups.get(job.reason) ?? []), job]);
  return [...groups].map(([reason, some]) => ({ reason, jobs: some })).sort((a, b) => b.jobs.length - a.jobs.length);
}
