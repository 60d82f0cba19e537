"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { type ConfirmJob, useConfirmJob, useJob } from "../job-api.ts";
import { JobPageState } from "../job-page-state.tsx";
import { isPreparing } from "../job-status.ts";
import { Alert } from "../ui/alert.tsx";
import { PreparingState } from "./preparing-state.tsx";
import { ReviewBody } from "./review-body.tsx";
import { ReviewHeader } from "./review-header.tsx";

const AlreadyDecided = dynamic(() => import("./already-decided.tsx").then((module) => module.AlreadyDecided), { loading: () => null });
const PreparationFailed = dynamic(() => import("./preparation-failed.tsx").then((module) => module.PreparationFailed), { loading: () => null });

/** What the reviewer confirms: one definition, shown until it changes or is decided. */
export function JobReviewScreen({ jobId }: { jobId: string }) {
  const query = useJob(jobId);
  const job = query.data;
  const confirm = useConfirmJob(jobId);
  const changed = useChangedDigest(job);
  if (!job) return <JobPageState error={query.error} onRetry={() => query.refetch()} />;
  return (
    <>
      <ReviewHeader job={job} />
      {query.error && (
        <Alert tone="warning" title="This page is not up to date" className="mb-4">
          {query.error.message}
        </Alert>
      )}
      {changed && (
        <Alert tone="warning" title="What this job would do has changed while you were looking" className="mb-4">
          Read the review again: it shows what would run now.
        </Alert>
      )}
      <Stage job={job} confirm={confirm} />
    </>
  );
}

function Stage({ job, confirm }: { job: JobDetails; confirm: ConfirmJob }) {
  if (isPreparing(job.status)) return <PreparingState job={job} />;
  // Whoever has just confirmed is on the way to the details, and not told that somebody has decided.
  if (job.status === "Suspended" || confirm.isPending || confirm.isSuccess) return <ReviewBody job={job} confirm={confirm} />;
  if (job.status === "Failed" && job.preparedAt === null) return <PreparationFailed job={job} />;
  return <AlreadyDecided job={job} />;
}

/** Whether the digest has become another one since the review was first shown. */
function useChangedDigest(job: JobDetails | undefined): boolean {
  const [first, setFirst] = useState<string | null>(null);
  const shown = job?.status === "Suspended" ? job.definitionDigest : null;
  useEffect(() => {
    if (shown !== null) setFirst((before) => before ?? shown);
  }, [shown]);
  return first !== null && shown !== null && first !== shown;
}
