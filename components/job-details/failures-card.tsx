"use client";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { JobDetails, JobErrorView } from "#lib/jobs/job-views.ts";
import { countOf } from "../job-progress.ts";
import { ObjectName } from "../object-name.tsx";
import { RetryFailedButton } from "../retry-failed-button.tsx";
import { SafeText } from "../safe-text.tsx";
import { Badge } from "../ui/badge.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { lazily, useLazy } from "../ui/lazily.ts";
import { formatNumber } from "../ui/number.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

/** What each operation advises comes after the page's first load. */
const parts = lazily(() => import("./failure-advice.tsx"));

/** What went wrong, most frequent first, with what to do about it. */
export function FailuresCard({ job }: { job: JobDetails }) {
  if (job.errors.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title="Failures"
        description={`${countOf(job.failedTasks, "task")} failed, for ${countOf(job.errors.length, "reason")}.`}
        actions={<RetryFailedButton job={job} />}
      />
      <ul className="divide-y divide-border">
        {job.errors.map((error, index) => (
          <li key={`${error.code} ${error.httpStatus}`}>
            <FailureGroup job={job} error={error} open={index === 0} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function FailureGroup({ job, error, open }: { job: JobDetails; error: JobErrorView; open: boolean }) {
  const advice = useLazy(parts, true);
  return (
    <details open={open} className="group/failure">
      <summary className="flex cursor-pointer list-none items-center gap-3 px-5 py-3 -outline-offset-2 hover:bg-surface-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-text-faint transition-transform group-open/failure:rotate-90" />
        <Code className="min-w-0 font-medium">
          <SafeText text={error.code || "No answer"} />
        </Code>
        {error.httpStatus > 0 && <Badge>HTTP {error.httpStatus}</Badge>}
        <span className="ml-auto whitespace-nowrap tabular-nums">{formatNumber(error.count)}</span>
      </summary>
      <div className="flex flex-col gap-3 pr-5 pb-4 pl-12 max-sm:pl-5">
        {advice ? <advice.FailureAdvice job={job} error={error} /> : <Skeleton className="my-0.5 w-2/3" />}
        {error.samples.length > 0 && (
          <div>
            <p className="mb-1.5 text-note text-text-muted">
              {error.samples.length < error.count ? `${error.samples.length} of them` : "All of them"}
              {job.reportLocation && (
                <>
                  {" · "}
                  <Link href={`/jobs/${job.id}/report?status=failed&code=${encodeURIComponent(error.code)}`} className="text-accent-text hover:underline">
                    See all in the report
                  </Link>
                </>
              )}
            </p>
            <ul className="divide-y divide-border rounded-lg border border-border">
              {error.samples.map((sample) => (
                <li key={`${sample.bucket}/${sample.key}/${sample.versionId ?? ""}`} className="px-3 py-2 text-note">
                  <ObjectName task={sample} />
                  <p className="text-text-muted">
                    <SafeText text={sample.message} max={300} />
                  </p>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </details>
  );
}
