"use client";
import { keepPreviousData, type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Confirmed } from "#lib/confirmation/policy-views.ts";
import type { JobStatus } from "#lib/db/generated/enums.ts";
import type { JobDetails, JobList, JobListItem, Limits } from "#lib/jobs/job-views.ts";
import { api } from "./api-client.ts";
import { cancelled, paused, resumed } from "./job-changes.ts";
import { hasEnded } from "./job-status.ts";

/** One job, read again every second while it moves; a hidden tab pauses. */
export function useJob(jobId: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: ["job", jobId],
    queryFn: ({ signal }) => api<JobDetails>(`/api/jobs/${encodeURIComponent(jobId)}`, { signal }),
    // While a request is under way the page shows what it will lead to, and is read again when it is answered.
    refetchInterval: (query) =>
      client.isMutating({ mutationKey: jobRequests(jobId) }) === 0 && (query.state.data?.preflightRunning ? 1000 : jobInterval(query.state.data?.status)),
  });
}

/** @returns milliseconds; a suspended job changes only when a person acts, an ended one only when somebody comments on it */
export function jobInterval(status: JobStatus | undefined): number {
  if (status === undefined || status === "Suspended") return 3000;
  return hasEnded(status) ? 15_000 : 1000;
}

/** @param search what job-list's apiSearch makes; the rows of the last answer stay until the next one is there */
export function useJobs(search: string, enabled = true) {
  const client = useQueryClient();
  return useQuery({
    enabled,
    queryKey: ["jobs", search],
    queryFn: () => api<JobList>(`/api/jobs?${search}`),
    placeholderData: keepPreviousData,
    // As above, for whichever of its jobs a request is under way.
    refetchInterval: (query) =>
      client.isMutating({ mutationKey: jobRequests() }) === 0 && (query.state.data?.jobs.some((job) => !hasEnded(job.status)) ? 2000 : 15_000),
  });
}

interface JobRequest<Input> {
  name: "confirm" | "cancel" | "priority" | "pause" | "resume" | "limits" | "check" | "comments" | "send-back" | "ask-again";
  method?: "POST" | "PUT" | "DELETE";
  /** What the job is once the request was taken. */
  change?: (<Job extends JobListItem>(job: Job, input: Input) => Job) | undefined;
  /** Shows the change before the answer is there, and takes it back if the answer is no: for what can be undone. */
  atOnce?: boolean;
}

/** Of one job, or of any. */
const jobRequests = (jobId?: string) => ["job-request", ...(jobId === undefined ? [] : [jobId])];

/** Whether a request of these names has not been answered yet, whoever sent it: a button that is gone, too. */
export const isRequested = (client: QueryClient, jobId: string, ...names: JobRequest<unknown>["name"][]): boolean =>
  names.some((name) => client.isMutating({ mutationKey: [...jobRequests(jobId), name] }) > 0);

/** Sends one of a job's requests; whatever came of it, the job on screen is read again. */
export function useJobRequest<Input, Answer = unknown>(jobId: string, { name, method = "POST", change, atOnce = false }: JobRequest<Input>) {
  const client = useQueryClient();
  const one = { queryKey: ["job", jobId] };
  const lists = { queryKey: ["jobs"] };
  const show = (input: Input) => {
    if (!change) return;
    client.setQueriesData<JobDetails>(one, (job) => job && change(job, input));
    client.setQueriesData<JobList>(lists, (list) => list && { ...list, jobs: list.jobs.map((job) => (job.id === jobId ? change(job, input) : job)) });
  };
  return useMutation({
    mutationKey: [...jobRequests(jobId), name],
    mutationFn: (input: Input) => api<Answer>(`/api/jobs/${encodeURIComponent(jobId)}/${name}`, { method, body: input }),
    onMutate: async (input) => {
      if (!atOnce) return [];
      // What was asked for before the request would show the job as it was.
      await Promise.all([client.cancelQueries(one), client.cancelQueries(lists)]);
      const before = [...client.getQueriesData(one), ...client.getQueriesData(lists)];
      show(input);
      return before;
    },
    onSuccess: (_answer, input) => {
      if (!atOnce) show(input);
    },
    onError: (_error, _input, before = []) => {
      for (const [key, data] of before) client.setQueryData(key, data);
    },
    // Not awaited: what comes after a request need not wait until everything is read again.
    onSettled: () => {
      void client.invalidateQueries(one);
      void client.invalidateQueries(lists);
      void client.invalidateQueries({ queryKey: ["home"] });
    },
  });
}

export type ConfirmJob = ReturnType<typeof useConfirmJob>;
export const useConfirmJob = (jobId: string) =>
  useJobRequest<{ definitionDigest: string; numberOfObjects?: number; acknowledgedPreflight?: string; tasksRun?: number; canaryTasks?: number }, Confirmed>(
    jobId,
    { name: "confirm" },
  );
export const useTakeBack = (jobId: string) => useJobRequest<void>(jobId, { name: "confirm", method: "DELETE" });
export const useCancelJob = (jobId: string) => useJobRequest<{ reason?: string }>(jobId, { name: "cancel", change: cancelled });
export const useJobPriority = (jobId: string) =>
  useJobRequest<{ priority: number }>(jobId, { name: "priority", change: (job, { priority }) => ({ ...job, priority }) });
export const useJobLimits = (jobId: string) =>
  useJobRequest<Limits>(jobId, { name: "limits", method: "PUT", change: (job, limits) => ("limits" in job ? { ...job, limits } : job) });
export const useCheckJob = (jobId: string) =>
  useJobRequest<void>(jobId, { name: "check", change: (job) => ("preflightRunning" in job ? { ...job, preflightRunning: true } : job) });
export const usePauseJob = (jobId: string) => useJobRequest<void>(jobId, { name: "pause", change: paused, atOnce: true });
export const useResumeJob = (jobId: string) => useJobRequest<void>(jobId, { name: "resume", change: resumed, atOnce: true });
