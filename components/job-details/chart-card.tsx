"use client";
import dynamic from "next/dynamic";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { countOf, formatRate } from "../job-progress.ts";
import { useJobSamples } from "../job-samples-api.ts";
import { hasEnded } from "../job-status.ts";
import { LoadFailed } from "../load-failed.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { formatDuration } from "../ui/time.tsx";
import { type ProgressPoint, pointsOf, totalsOf } from "./progress-series.ts";
import { SamplesTable } from "./samples-table.tsx";

const height = "min-h-96";
/** The chart's library is of no use to the rest of the page. */
const ProgressChart = dynamic(() => import("./progress-chart.tsx").then((module) => module.ProgressChart), { loading: () => <Skeleton className={height} /> });

/** How the job ran over time: how fast, what failed, how much at once, and whether the store asked for less. */
export function ChartCard({ job }: { job: JobDetails }) {
  const query = useJobSamples(job);
  const points = query.data ? pointsOf(query.data) : [];
  // One of before the workers told, or whose tasks never began.
  if (query.data && points.length === 0 && hasEnded(job.status)) return null;
  return (
    <Card aria-label="Progress over time">
      <CardHeader title="Progress over time" description={summaryOf(points) ?? "How fast tasks end, what fails, and how the store takes it."} />
      <CardBody>
        {query.error && !query.data ? (
          <LoadFailed noun="chart" query={query} />
        ) : query.isPending ? (
          <Skeleton className={height} />
        ) : points.length === 0 ? (
          <p className="py-6 text-center text-text-muted">{words(job)}</p>
        ) : (
          <>
            <ProgressChart points={points} seconds={query.data?.seconds ?? 5} className={height} />
            <SamplesTable points={points} />
          </>
        )}
      </CardBody>
    </Card>
  );
}

/** Why there is nothing to draw, or not yet. */
function words({ status, succeededTasks, failedTasks }: JobDetails): string {
  if (status === "Active" || status === "Pausing") return "Tasks have begun. The first figures are here in a few seconds.";
  // A canary is over before its figures come; those of a worker that died never do.
  return succeededTasks + failedTasks > 0 ? "Tasks have run. Nothing was told yet of how fast." : "No task has run yet.";
}

/** The chart in a sentence or two. */
export function summaryOf(points: readonly ProgressPoint[]): string | null {
  const totals = totalsOf(points);
  if (!totals) return null;
  const { ranMs, rate, fastest, inFlight, throttledAnswers } = totals;
  const speed = `Tasks ran for ${formatDuration(ranMs / 1_000)}, ${formatRate(rate)} on average and ${formatRate(fastest)} at most, with ${countOf(Math.round(inFlight), "request")} in flight.`;
  const throttling = throttledAnswers === 0 ? "The store never asked for less." : `The store asked for less ${countOf(throttledAnswers, "time")}.`;
  return `${speed} ${throttling}`;
}
