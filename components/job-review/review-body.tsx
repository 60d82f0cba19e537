"use client";
import { s3Path } from "#lib/browse/s3-location.ts";
import { parseS3Arn } from "#lib/jobs/arn.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { ConnectionName } from "../connection-name.tsx";
import type { ConfirmJob } from "../job-api.ts";
import { ConfigurationList } from "../job-details/configuration-list.tsx";
import { countOf } from "../job-progress.ts";
import { NoWorker } from "../no-worker.tsx";
import { PolicyBlock } from "../policy-block.tsx";
import { s3PathOf } from "../s3-path-of.ts";
import { SafeText } from "../safe-text.tsx";
import { selectionItems } from "../selection-items.tsx";
import { selectionRows } from "../selection-rows.ts";
import { Alert } from "../ui/alert.tsx";
import { Card, CardBody } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { DescriptionList } from "../ui/description-list.tsx";
import { formatBytes, formatNumber } from "../ui/number.tsx";
import { Time } from "../ui/time.tsx";
import { ChecksCard } from "./checks-card.tsx";
import { FoldedCard } from "./folded-card.tsx";
import { ManifestFindings } from "./manifest-findings.tsx";
import { ManifestSample } from "./manifest-sample.tsx";
import { duplicateWords } from "./manifest-words.ts";
import { ReviewFooter } from "./review-footer.tsx";
import { SampleCard } from "./sample-card.tsx";

export function ReviewBody({ job, confirm }: { job: JobDetails; confirm: ConfirmJob }) {
  const { Manifest, ManifestGenerator } = job.definition;
  const generator = ManifestGenerator?.S3JobManifestGenerator;
  return (
    <div className="flex flex-col gap-4">
      {job.workersAlive === 0 && <NoWorker job={{ ...job, status: "Ready" }} />}
      <Card aria-label="What will happen">
        <div className="grid lg:grid-cols-[minmax(0,1fr)_auto]">
          <CardBody className="py-6">
            <p className="mb-2 text-note text-text-muted">
              {job.dryRun ? "When you run it, this dry run will change nothing, and report what it would mean to" : "When you run it, this job will"}
            </p>
            <p className="text-pretty font-semibold text-lg leading-7 [overflow-wrap:anywhere]">
              <SafeText text={job.sentence} />
            </p>
            <p className="mt-1 text-text-muted">
              for the {countOf(job.totalTasks, "object")} {generator ? "found in " : "listed in "}
              <Code>
                <SafeText text={s3PathOf(generator?.SourceBucket ?? Manifest?.Location.ObjectArn ?? "")} max={120} />
              </Code>
              {generator && selectionRows(generator).length > 0 && " that it selects"}
            </p>
          </CardBody>
          <div className="flex flex-col justify-center border-border px-5 py-5 max-lg:border-t lg:min-w-56 lg:border-l lg:px-8 lg:text-right">
            <p className="font-semibold text-4xl tabular-nums leading-none tracking-tight">{formatNumber(job.totalTasks)}</p>
            <p className="mt-2 text-text-muted">
              {job.totalTasks === 1 ? "object" : "objects"}
              {job.preflight?.bytes && `, ${job.preflight.bytes.about ? "about " : ""}${formatBytes(job.preflight.bytes.total)}`}
            </p>
          </div>
        </div>
      </Card>
      {job.warning && (
        <Alert tone="warning" title="Before you run it">
          <SafeText text={job.warning} />
        </Alert>
      )}
      {job.irreversible && (
        <Alert tone="danger" title="This can never be undone">
          <SafeText text={job.irreversible} />
        </Alert>
      )}
      <ChecksCard job={job} />
      <ManifestFindings job={job} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        {job.preflight && job.preflight.samples.length > 0 ? <SampleCard job={job} samples={job.preflight.samples} /> : <ManifestSample job={job} />}
        <Card>
          <CardBody>
            <DescriptionList items={facts(job)} />
          </CardBody>
        </Card>
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
      <ReviewFooter job={job} confirm={confirm} />
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
