"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { JobStatus } from "#lib/db/generated/enums.ts";
import type { JobDetails, JobList } from "#lib/jobs/job-views.ts";
import { api } from "./api-client.ts";
import { hasEnded } from "./job-status.ts";

/** One job, read again every second while it moves; a hidden tab pauses. */
export const useJob = (jobId: string) =>
  useQuery({
    queryKey: ["job", jobId],
    queryFn: () => api<JobDetails>(`/api/jobs/${encodeURIComponent(jobId)}`),
    refetchInterval: (query) => jobInterval(query.state.data?.status),
  });

/** @returns milliseconds; a suspended job changes only when a person acts, an ended one never */
export function jobInterval(status: JobStatus | undefined): number | false {
  if (status === undefined || status === "Suspended") return 3000;
  return hasEnded(status) ? false : 1000;
}

/** @param search what job-list's apiSearch makes; the rows of the last answer stay until the next one is there */
export const useJobs = (search: string) =>
  useQuery({
    queryKey: ["jobs", search],
    queryFn: () => api<JobList>(`/api/jobs?${search}`),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.jobs.some((job) => !hasEnded(job.status)) ? 2000 : 15_000),
  });

/** Posts one of a job's requests; whatever came of it, the job on screen is read again. */
function useJobRequest<Input>(jobId: string, name: "confirm" | "cancel" | "priority") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) =>
      api<unknown>(`/api/jobs/${encodeURIComponent(jobId)}/${name}`, {
        method: "POST",
        body: input,
      }),
    // Not awaited: what comes after a request need not wait until everything is read again.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["job", jobId] });
      void client.invalidateQueries({ queryKey: ["jobs"] });
    },
  });
}

export type ConfirmJob = ReturnType<typeof useConfirmJob>;
export const useConfirmJob = (jobId: string) => useJobRequest<{ definitionDigest: string }>(jobId, "confirm");
export const useCancelJob = (jobId: string) => useJobRequest<{ reason?: string }>(jobId, "cancel");
export const useJobPriority = (jobId: string) => useJobRequest<{ priority: number }>(jobId, "priority");
