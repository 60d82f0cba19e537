"use client";
import { useState } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { CancelDialog } from "../job-cancel-dialog.tsx";
import { countOf } from "../job-progress.ts";
import { NoWorker } from "../no-worker.tsx";
import { s3PathOf } from "../s3-path-of.ts";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { Progress } from "../ui/progress.tsx";

/** Turns into the review by itself: the page reads the job every second. */
export function PreparingState({ job }: { job: JobDetails }) {
  const [cancelling, setCancelling] = useState(false);
  const generator = job.definition.ManifestGenerator?.S3JobManifestGenerator;
  const begun = job.status === "New" ? "Waiting for a worker" : generator ? "Asking for the first objects" : "Opening the manifest";
  return (
    <div className="flex flex-col gap-4">
      <NoWorker job={job} />
      <Card aria-busy>
        <CardBody className="py-8">
          <p className="font-semibold text-base">{generator ? "Preparing: listing the bucket" : "Preparing: reading the manifest"}</p>
          <p className="mt-1 text-text-muted">
            {generator ? "The objects of " : "Every row of "}
            <Code>
              <SafeText text={s3PathOf(generator?.SourceBucket ?? job.definition.Manifest?.Location.ObjectArn ?? "")} max={100} />
            </Code>{" "}
            {generator ? "are listed, and those that the job selects are counted. None is touched." : "is checked and counted. No object is touched."} The
            review appears here by itself.
          </p>
          <Progress value={null} label={generator ? "Listing the bucket" : "Reading the manifest"} className="mt-6 mb-2.5 h-2" />
          <p className="text-text-muted tabular-nums" aria-live="polite">
            {job.totalTasks > 0 ? `${countOf(job.totalTasks, generator ? "object" : "row")} so far` : begun}
          </p>
        </CardBody>
      </Card>
      {job.actions.cancel && (
        <div>
          <Button onClick={() => setCancelling(true)}>Cancel job</Button>
        </div>
      )}
      <CancelDialog job={job} open={cancelling} onOpenChange={setCancelling} />
    </div>
  );
}
