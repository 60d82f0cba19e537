import type { JobDetails } from "#lib/jobs/job-views.ts";
import { countOf } from "../job-progress.ts";
import { s3PathOf } from "../s3-path-of.ts";
import { SafeText } from "../safe-text.tsx";
import { selectionRows } from "../selection-rows.ts";
import { Card, CardBody } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { formatBytes, formatNumber } from "../ui/number.tsx";
import { tasksLeft, tasksRun } from "./canary-size.ts";

/** What is read first: the sentence, and how much. */
export function WhatHappens({ job }: { job: JobDetails }) {
  const { Manifest, ManifestGenerator } = job.definition;
  const generator = ManifestGenerator?.S3JobManifestGenerator;
  const bytes = job.preflight?.bytes;
  return (
    <Card aria-label="What will happen">
      <div className="grid lg:grid-cols-[minmax(0,1fr)_auto]">
        <CardBody className="py-6">
          <p className="mb-2 text-note text-text-muted">
            {job.dryRun ? "When you run it, this dry run will change nothing, and report what it would mean to" : "When you run it, this job will"}
          </p>
          <p className="text-pretty font-semibold text-lg [overflow-wrap:anywhere]">
            <SafeText text={job.sentence} />
          </p>
          <p className="mt-1 text-text-muted">
            for the {countOf(job.totalTasks, "object")} {generator ? "found in " : "listed in "}
            <Code>
              <SafeText text={s3PathOf(generator?.SourceBucket ?? Manifest?.Location.ObjectArn ?? "")} max={120} />
            </Code>
            {generator && selectionRows(generator).length > 0 && " that it selects"}
            {tasksRun(job) > 0 && `, ${formatNumber(tasksLeft(job))} of which ${tasksLeft(job) === 1 ? "is" : "are"} left`}
            {", on "}
            <SafeText text={job.connection.name} />
          </p>
        </CardBody>
        <div className="flex flex-col justify-center border-border px-5 py-5 max-lg:border-t lg:min-w-56 lg:border-l lg:px-8 lg:text-right">
          <p className="font-semibold text-4xl tabular-nums leading-none tracking-tight">{formatNumber(job.totalTasks)}</p>
          <p className="mt-2 text-text-muted">
            {job.totalTasks === 1 ? "object" : "objects"}
            {bytes && `, ${bytes.about ? "about " : ""}${formatBytes(bytes.total)}`}
          </p>
        </div>
      </div>
    </Card>
  );
}
