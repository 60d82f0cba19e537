"use client";
import { useQuery } from "@tanstack/react-query";
import type { JobListItem } from "#lib/jobs/job-views.ts";
import type { JobSamples, JobTailView } from "#lib/jobs/sample-views.ts";
import { api } from "./api-client.ts";
import { hasEnded, isPreparing } from "./job-status.ts";

type Job = Pick<JobListItem, "id" | "status" | "terminatedAt">;

/** Workers tell of their last seconds a little after a job has ended. */
const settledMs = 15_000;

/** How a job ran over time; read again every few seconds while it may go on. */
export const useJobSamples = (job: Job) =>
  useQuery({
    queryKey: ["job-samples", job.id],
    queryFn: ({ signal }) => api<JobSamples>(`/api/jobs/${encodeURIComponent(job.id)}/samples`, { signal }),
    enabled: !isPreparing(job.status),
    refetchInterval: () => {
      if (!hasEnded(job.status)) return 5_000;
      return job.terminatedAt !== null && Date.now() - Date.parse(job.terminatedAt) < settledMs ? 2_000 : false;
    },
  });

/** Some of the tasks that ended last. Workers tell of them only while somebody asks. */
export const useJobTail = (job: Job, watching: boolean) =>
  useQuery({
    queryKey: ["job-tail", job.id],
    queryFn: ({ signal }) => api<JobTailView>(`/api/jobs/${encodeURIComponent(job.id)}/tail`, { signal }),
    enabled: watching,
    refetchInterval: hasEnded(job.status) ? false : 1_000,
  });
