import { CircleCheck, FileClock, FileX } from "lucide-react";
import Link from "next/link";
import type { ReactElement } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { countOf } from "../job-progress.ts";
import { buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import type { ReportState } from "./report-state.ts";

/** Says why there is nothing to read, and whether there will be. */
export function NoReport({ state, job }: { state: Exclude<ReportState, "written">; job: JobDetails }) {
  const { icon, title, text } = states[state](job);
  return (
    <EmptyState
      icon={icon}
      title={title}
      action={
        <Link href={`/jobs/${job.id}`} className={buttonClass()}>
          Job details
        </Link>
      }
    >
      {text}
    </EmptyState>
  );
}

const states: Record<Exclude<ReportState, "written">, (job: JobDetails) => { icon: ReactElement; title: string; text: string }> = {
  off: () => ({
    icon: <FileX />,
    title: "This job has no completion report",
    text: "It was switched off when the job was created. Failures are still counted by error code, with samples, in the job's details.",
  }),
  pending: () => ({
    icon: <FileClock />,
    title: "The report is not written yet",
    text: "It is written when the job ends, and appears here by itself.",
  }),
  "not-run": () => ({
    icon: <FileX />,
    title: "No task has run",
    text: "The job ended before it worked on any object, so there is nothing to report.",
  }),
  "not-written": () => ({
    icon: <FileX />,
    title: "The report could not be written",
    text: "The reason is in the job's details. The counts and the failures by error code are there too.",
  }),
  "no-failures": (job) => ({
    icon: <CircleCheck />,
    title: "No task has failed",
    text: `The report was to hold failed tasks only. All of ${countOf(job.succeededTasks, "task")} succeeded, so it has no rows.`,
  }),
};
