"use client";
import { useState } from "react";
import { s3Path } from "#lib/browse/s3-location.ts";
import { parseS3Arn } from "#lib/jobs/arn.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { ConnectionName } from "../connection-name.tsx";
import type { ConfirmJob } from "../job-api.ts";
import { CommentsCard } from "../job-comments/comments-card.tsx";
import { ConfigurationList } from "../job-details/configuration-list.tsx";
import { NoWorker } from "../no-worker.tsx";
import { PolicyBlock } from "../policy-block.tsx";
import { SafeText } from "../safe-text.tsx";
import { selectionItems } from "../selection-items.tsx";
import { TimeOfJob } from "../time-estimate/time-of-job.tsx";
import { Alert } from "../ui/alert.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { DescriptionList } from "../ui/description-list.tsx";
import { lazily, useLazy } from "../ui/lazily.ts";
import { formatBytes, formatNumber } from "../ui/number.tsx";
import { Time } from "../ui/time.tsx";
import { CanaryOutcome } from "./canary-outcome.tsx";
import { ChecksCard } from "./checks-card.tsx";
import { ConfirmationNotice } from "./confirmation-notice.tsx";
import { FoldedCard } from "./folded-card.tsx";
import { ManifestFindings } from "./manifest-findings.tsx";
import { ManifestSample } from "./manifest-sample.tsx";
import { duplicateWords } from "./manifest-words.ts";
import type { RefusalDialog } from "./refuse-buttons.tsx";
import { ReviewFooter } from "./review-footer.tsx";
import { SampleCard } from "./sample-card.tsx";
import { SentBackFooter } from "./sent-back-footer.tsx";
import { SentBackNotice } from "./sent-back-notice.tsx";
import { WhatHappens } from "./what-happens.tsx";

const refusals = lazily(() => import("./refusal-dialogs.tsx"));

export function ReviewBody({ job, confirm }: { job: JobDetails; confirm: ConfirmJob }) {
  const [open, show] = useState<RefusalDialog | null>(null);
  const dialogs = { open, show };
  const loaded = useLazy(refusals, open !== null);
  return (
    <div className="flex flex-col gap-4">
      {job.workersAlive === 0 && <NoWorker job={{ ...job, status: "Ready" }} />}
      <SentBackNotice job={job} />
      <ConfirmationNotice job={job} />
      <CanaryOutcome job={job} />
      <WhatHappens job={job} />
      {job.irreversible && (
        <Alert tone="danger" title="This can never be undone">
          <SafeText text={job.irreversible} />
        </Alert>
      )}
      {job.warning && (
        <Alert tone="warning" title="Before you run it">
          <SafeText text={job.warning} />
        </Alert>
      )}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <ChecksCard job={job} />
          <ManifestFindings job={job} />
          {job.preflight && job.preflight.samples.length > 0 ? <SampleCard job={job} samples={job.preflight.samples} /> : <ManifestSample job={job} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <CommentsCard job={job} title="Who asks, and why" />
          <Card aria-label="Where and how">
            <CardHeader title="Where and how" />
            <CardBody>
              <DescriptionList items={facts(job)} />
            </CardBody>
          </Card>
        </div>
      </div>
      <FoldedCard title="What the role must be allowed">
        <p className="mb-3 max-w-3xl text-note text-text-muted">
          A policy for the role <Code>{job.definition.RoleArn}</Code> with exactly what this job needs.
        </p>
        <PolicyBlock policy={job.policy} />
      </FoldedCard>
      <FoldedCard title="Whole configuration">
        <ConfigurationList job={job} />
      </FoldedCard>
      {loaded && <loaded.RefusalDialogs job={job} dialogs={dialogs} />}
      {job.sentBackBy ? <SentBackFooter job={job} dialogs={dialogs} /> : <ReviewFooter job={job} confirm={confirm} dialogs={dialogs} />}
    </div>
  );
}

function facts(job: JobDetails) {
  const { Report, RoleArn } = job.definition;
  const generator = job.definition.ManifestGenerator?.S3JobManifestGenerator;
  const duplicates = duplicateWords(job);
  return [
    ...(generator ? selectionItems(generator) : []),
    { term: "Runs on", value: <ConnectionName connection={job.connection} /> },
    { term: "With the role", value: <Code>{RoleArn}</Code> },
    { term: "Time", value: <TimeOfJob job={job} /> },
    {
      term: "Completion report",
      value: Report.Enabled ? (
        <>
          {Report.ReportScope === "AllTasks" ? "All tasks, to " : "Failed tasks only, to "}
          <Code>
            <SafeText text={s3Path(parseS3Arn(Report.Bucket)?.bucket ?? Report.Bucket, Report.Prefix)} max={100} />
          </Code>
        </>
      ) : (
        "None is written"
      ),
    },
    {
      term: generator ? "Size of the list" : "Manifest size",
      value: job.manifestBytes === null ? null : formatBytes(job.manifestBytes),
    },
    // A list of a bucket has each object once.
    ...(duplicates !== null && !generator ? [{ term: "Duplicate rows", value: duplicates }] : []),
    {
      term: "Priority",
      value: <span className="tabular-nums">{formatNumber(job.priority)}</span>,
    },
    ...(job.expiresAt
      ? [
          {
            term: "Expires",
            value: (
              <>
                <Time value={job.expiresAt} />, if nobody runs it
              </>
            ),
          },
        ]
      : []),
  ];
}
