"use client";
import { RotateCw } from "lucide-react";
import Link from "next/link";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { retryHref } from "./job-links.ts";
import { buttonClass } from "./ui/button.tsx";
import { useCan } from "./use-can.tsx";

/** Leads to a new job on the objects whose tasks failed; nothing where there is none, or no report that names them. */
export function RetryFailedButton({ job }: { job: JobDetails }) {
  const mayCreate = useCan("job.create");
  if (!mayCreate || job.failedTasks === 0 || job.reportLocation === null) return null;
  return (
    <Link href={retryHref(job.id)} className={buttonClass({ size: "sm" })}>
      <RotateCw aria-hidden />
      Retry failed tasks
    </Link>
  );
}
