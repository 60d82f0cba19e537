import type { JobDetails } from "#lib/jobs/job-views.ts";
import { DryRunBadge } from "../dry-run-badge.tsx";
import { JobStatusBadge } from "../job-status-badge.tsx";
import { JobCrumb } from "../job-title.tsx";
import { SafeText } from "../safe-text.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Time } from "../ui/time.tsx";

export const ReviewHeader = ({ job }: { job: JobDetails }) => (
  <PageHeader
    breadcrumbs={[
      { label: "Jobs", href: "/jobs" },
      { label: <JobCrumb job={job} />, href: `/jobs/${job.id}` },
    ]}
    title="Review the job"
    description={
      <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <JobStatusBadge status={job.status} sentBack={job.sentBack} />
        <DryRunBadge job={job} />
        <span className="text-note">
          Created <Time value={job.createdAt} />
          {job.createdBy && (
            <>
              {" by "}
              <SafeText text={job.createdBy} />
            </>
          )}
        </span>
      </div>
    }
  />
);
