"use client";
import { Copy, FileText } from "lucide-react";
import Link from "next/link";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { DryRunBadge } from "../dry-run-badge.tsx";
import { CancelDialog } from "../job-cancel-dialog.tsx";
import { cloneHref } from "../job-links.ts";
import { PriorityDialog } from "../job-priority-dialog.tsx";
import { hasEnded } from "../job-status.ts";
import { JobStatusBadge } from "../job-status-badge.tsx";
import { JobTitle } from "../job-title.tsx";
import { RepeatButton } from "../repeat-button.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useCan } from "../use-can.tsx";
import { LimitsDialog } from "./limits-dialog.tsx";
import { PauseButton } from "./pause-button.tsx";

export type JobDialog = "cancel" | "priority" | "limits";

interface JobHeaderProps {
  job: JobDetails;
  /** Which one is open. */
  dialog: JobDialog | null;
  onDialog: (dialog: JobDialog | null) => void;
}

export function JobHeader({ job, dialog, onDialog }: JobHeaderProps) {
  const propsOf = (name: JobDialog) => ({ job, open: dialog === name, onOpenChange: (open: boolean) => onDialog(open ? name : null) });
  const mayCreate = useCan("job.create");
  const mayReadAudit = useCan("audit.read");
  const reports = job.definition.Report.Enabled && job.preparedAt !== null && hasEnded(job.status);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Jobs", href: "/jobs" }]}
        title={<JobTitle job={job} />}
        description={
          <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <JobStatusBadge status={job.status} sentBack={job.sentBack} />
            <DryRunBadge job={job} />
            <span className="flex min-w-0 items-center gap-1 font-mono text-xs">
              <span className="[overflow-wrap:anywhere]">{job.id}</span>
              <CopyButton value={job.id} label="Copy the job's id" />
            </span>
            <span className="flex items-center gap-1 text-xs">
              ARN
              <CopyButton value={job.arn} label="Copy the job's ARN" />
            </span>
            {mayReadAudit && (
              <Link href={`/audit?target=${job.id}`} prefetch={false} className="rounded text-xs hover:text-text hover:underline">
                Audit trail
              </Link>
            )}
          </div>
        }
        actions={
          <>
            <PauseButton job={job} />
            {job.actions.priority && <Button onClick={() => onDialog("priority")}>Update priority</Button>}
            {job.actions.limits && <Button onClick={() => onDialog("limits")}>Limits</Button>}
            {job.actions.cancel && <Button onClick={() => onDialog("cancel")}>Cancel job</Button>}
            {mayCreate && (
              <Link href={cloneHref(job.id)} className={buttonClass()}>
                <Copy aria-hidden />
                Clone
              </Link>
            )}
            {reports && (
              <Link href={`/jobs/${job.id}/report`} className={buttonClass()}>
                <FileText aria-hidden />
                Completion report
              </Link>
            )}
            {job.dryRun && job.status === "Complete" && mayCreate && (
              <RepeatButton job={job} dryRun={false} variant="primary">
                Run it for real
              </RepeatButton>
            )}
            {job.status === "Suspended" && (
              <Link href={`/jobs/${job.id}/review`} className={buttonClass({ variant: "primary" })}>
                {job.actions.confirm ? "Review and run" : "Review"}
              </Link>
            )}
          </>
        }
      />
      <CancelDialog {...propsOf("cancel")} />
      <PriorityDialog {...propsOf("priority")} />
      <LimitsDialog {...propsOf("limits")} />
    </>
  );
}
