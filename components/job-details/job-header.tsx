"use client";
import { FileText } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { CancelDialog } from "../job-cancel-dialog.tsx";
import { hasEnded } from "../job-status.ts";
import { JobStatusBadge } from "../job-status-badge.tsx";
import { JobTitle } from "../job-title.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { PriorityDialog } from "./priority-dialog.tsx";

export function JobHeader({ job }: { job: JobDetails }) {
  const [dialog, setDialog] = useState<"cancel" | "priority" | null>(null);
  const reports = job.definition.Report.Enabled && job.preparedAt !== null && hasEnded(job.status);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Jobs", href: "/jobs" }]}
        title={<JobTitle job={job} />}
        description={
          <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <JobStatusBadge status={job.status} />
            <span className="flex min-w-0 items-center gap-1 font-mono text-xs">
              <span className="[overflow-wrap:anywhere]">{job.id}</span>
              <CopyButton value={job.id} label="Copy the job's id" />
            </span>
          </div>
        }
        actions={
          <>
            {job.actions.priority && <Button onClick={() => setDialog("priority")}>Update priority</Button>}
            {job.actions.cancel && <Button onClick={() => setDialog("cancel")}>Cancel job</Button>}
            {reports && (
              <Link href={`/jobs/${job.id}/report`} className={buttonClass()}>
                <FileText aria-hidden />
                Completion report
              </Link>
            )}
            {job.status === "Suspended" && (
              <Link href={`/jobs/${job.id}/review`} className={buttonClass({ variant: "primary" })}>
                {job.actions.confirm ? "Review and run" : "Review"}
              </Link>
            )}
          </>
        }
      />
      <CancelDialog job={job} open={dialog === "cancel"} onOpenChange={(open) => setDialog(open ? "cancel" : null)} />
      <PriorityDialog job={job} open={dialog === "priority"} onOpenChange={(open) => setDialog(open ? "priority" : null)} />
    </>
  );
}
