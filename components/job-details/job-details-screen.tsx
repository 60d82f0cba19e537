"use client";
import { useState } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { canaryMeaning } from "../canary-words.ts";
import { useJob } from "../job-api.ts";
import { CommentsCard } from "../job-comments/comments-card.tsx";
import { JobPageState } from "../job-page-state.tsx";
import { ConfirmationNotice } from "../job-review/confirmation-notice.tsx";
import { hasEnded, isPaused, statusWords } from "../job-status.ts";
import { NoWorker } from "../no-worker.tsx";
import { useEndOfRunsToast } from "../runs-toast.ts";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { useCan } from "../use-can.tsx";
import { AfterwardsNote } from "./afterwards-note.tsx";
import { ChartCard } from "./chart-card.tsx";
import { ConfigurationCard } from "./configuration-card.tsx";
import { DefinitionJson } from "./definition-json.tsx";
import { DelayWarning } from "./delay-warning.tsx";
import { FailureReasons } from "./failure-reasons.tsx";
import { FailuresCard } from "./failures-card.tsx";
import { type JobDialog, JobHeader } from "./job-header.tsx";
import { PauseNotice } from "./pause-notice.tsx";
import { ProgressCard } from "./progress-card.tsx";
import { TailCard } from "./tail-card.tsx";
import { TimelineCard } from "./timeline-card.tsx";
import { useJobPageTitle } from "./use-job-page-title.ts";

export function JobDetailsScreen({ jobId }: { jobId: string }) {
  const query = useJob(jobId);
  const [dialog, setDialog] = useState<JobDialog | null>(null);
  const job = query.data;
  useJobPageTitle(job);
  useEndOfRunsToast(job, query.dataUpdatedAt);
  if (!job) return <JobPageState error={query.error} onRetry={() => query.refetch()} />;
  // A job that failed or was cancelled in preparation never had tasks to make progress with.
  const everPrepared = job.preparedAt !== null || !hasEnded(job.status);
  return (
    <>
      <JobHeader job={job} dialog={dialog} onDialog={setDialog} />
      <div className="flex flex-col gap-4">
        <StatusSentence job={job} />
        <NotYours job={job} />
        {query.error && (
          <Alert tone="warning" title="This page is not up to date">
            {query.error.message}
          </Alert>
        )}
        <ConfirmationNotice job={job} />
        <PauseNotice job={job} onPriority={() => setDialog("priority")} />
        <NoWorker job={job} />
        <DelayWarning job={job} />
        <FailureReasons job={job} />
        {everPrepared && <ProgressCard job={job} />}
        <AfterwardsNote job={job} />
        <FailuresCard job={job} />
        {mayHaveRun(job) && <ChartCard job={job} />}
        <TailCard job={job} />
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="flex min-w-0 flex-col gap-4">
            <ConfigurationCard job={job} />
            <DefinitionJson job={job} />
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <CommentsCard job={job} title="Comments" />
            <TimelineCard events={job.events} />
          </div>
        </div>
      </div>
    </>
  );
}

/** Its tasks have begun, or may any moment. */
const mayHaveRun = ({ preparedAt, status, canary }: JobDetails): boolean => preparedAt !== null && (status !== "Suspended" || canary !== null);

/** What is going on; why a job is paused stands in a notice of its own. */
function StatusSentence({ job }: { job: JobDetails }) {
  const meaning = job.sentBack
    ? sentBackWords
    : isPaused(job.status)
      ? null
      : (neverBeganMeaning(job) ?? (job.dryRun && hasEnded(job.status) ? dryRunWords : (canaryMeaning(job) ?? statusWords(job.status).meaning)));
  if (meaning === null && !job.statusUpdateReason) return null;
  return (
    <p className="text-text-muted">
      {meaning}
      {job.status === "Suspended" && !job.sentBack && !job.actions.confirm && (
        <>
          {" "}
          <SafeText text={job.confirmation?.refusal ?? "A reviewer or an administrator can do that."} />
        </>
      )}
      {job.statusUpdateReason && (
        <>
          {" "}
          Reason given: “<SafeText text={job.statusUpdateReason} />
          ”.
        </>
      )}
    </p>
  );
}

/** Why an operator is offered so little. */
function NotYours({ job }: { job: JobDetails }) {
  const [own, any] = [useCan("job.cancel"), useCan("job.cancel", "any")];
  if (!own || any || job.own || hasEnded(job.status)) return null;
  return (
    <p className="text-note text-text-muted">
      {job.createdBy === null ? (
        "Whoever created this job has left: reviewers and administrators can change or cancel it."
      ) : (
        <>
          <SafeText text={job.createdBy} /> created this job: only they, reviewers and administrators can change or cancel it.
        </>
      )}
    </p>
  );
}

const sentBackWords = "A reviewer wants the job changed before it runs: the review says what. It can be changed there, or asked for again.";
const dryRunWords = "This was a dry run: it changed nothing. The completion report says for each object what would be changed.";

/** A job that ended before its tasks began has left no object half done; null for any other. */
function neverBeganMeaning({ status, events, succeededTasks, failedTasks }: JobDetails): string | null {
  // The first of very many events are not told.
  if (!hasEnded(status) || succeededTasks + failedTasks > 0 || events.some((event) => event.type === "activate")) return null;
  if (status === "Cancelled") return "Somebody cancelled the job before any task ran: no object was touched.";
  return status === "Failed" ? "The job has failed before any task ran: no object was touched. Mend what is named here, and clone it." : null;
}
