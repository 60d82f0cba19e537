import type { Section } from "#lib/home/home-views.ts";
import type { JobListItem } from "#lib/jobs/job-views.ts";
import { countOf } from "../job-progress.ts";
import { JobStatusBadge } from "../job-status-badge.tsx";
import { Time } from "../ui/time.tsx";
import { HomeCard, RowTitle } from "./home-card.tsx";

export const FinishedCard = ({ finished }: { finished: Section<JobListItem> }) => (
  <HomeCard
    title="Finished in the last 7 days"
    jobs={finished.jobs}
    calm="No job has finished."
    all={finished.more ? { href: "/jobs?status=Complete,Cancelled", label: "All" } : null}
  >
    {(job) => (
      <>
        <div className="flex items-baseline justify-between gap-3">
          <RowTitle job={job} href={`/jobs/${job.id}`} />
          <Ended job={job} />
        </div>
        <p className="mt-0.5 text-note text-text-muted tabular-nums">
          {job.operationTitle} · {countOf(job.succeededTasks, "object")}
        </p>
      </>
    )}
  </HomeCard>
);

/** How it ended, and when; what is complete needs no word for it. */
export const Ended = ({ job }: { job: JobListItem }) => (
  <span className="flex shrink-0 items-center gap-2">
    {job.status !== "Complete" && <JobStatusBadge status={job.status} />}
    {job.terminatedAt && <Time value={job.terminatedAt} className="whitespace-nowrap text-text-muted text-xs" />}
  </span>
);
