"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useJobRequest } from "../job-api.ts";

/** What people say about a job, and what comes of it. */
export const useCommentOnJob = (jobId: string) => useJobRequest<{ comment: string }>(jobId, { name: "comments" });
export const useSendBackJob = (jobId: string) => useJobRequest<{ reason: string }>(jobId, { name: "send-back" });
export const useAskAgain = (jobId: string) => useJobRequest<{ comment: string }>(jobId, { name: "ask-again" });

/** Resolves when the job on screen is as the server has it now. */
export function useReadAgain(jobId: string): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["job", jobId] });
}
