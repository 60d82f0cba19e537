"use client";
import { Suspense } from "react";
import { useJob } from "../job-api.ts";
import { JobPageState } from "../job-page-state.tsx";
import { JobStatusBadge } from "../job-status-badge.tsx";
import { JobCrumb } from "../job-title.tsx";
import { RetryFailedButton } from "../retry-failed-button.tsx";
import { Card } from "../ui/card.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { NoReport } from "./no-report.tsx";
import { ReportRows } from "./report-rows.tsx";
import { reportState } from "./report-state.ts";

export function ReportScreen({ jobId }: { jobId: string }) {
  const query = useJob(jobId);
  const job = query.data;
  if (!job) return <JobPageState error={query.error} onRetry={() => query.refetch()} />;
  const state = reportState(job);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: "Jobs", href: "/jobs" },
          { label: <JobCrumb job={job} />, href: `/jobs/${job.id}` },
        ]}
        title="Completion report"
        actions={<RetryFailedButton job={job} />}
        description={
          <div className="mt-1.5">
            <JobStatusBadge status={job.status} />
          </div>
        }
      />
      {state === "written" ? (
        <Suspense>
          <ReportRows job={job} />
        </Suspense>
      ) : (
        <Card>
          <NoReport state={state} job={job} />
        </Card>
      )}
    </>
  );
}
