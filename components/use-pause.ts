"use client";
import { useQueryClient } from "@tanstack/react-query";
import { isRequested, usePauseJob, useResumeJob } from "./job-api.ts";
import { toast } from "./ui/toast.ts";

/** Pauses a job or lets it go on; shown at once, and taken back with the reason where it was refused. */
export function usePause(jobId: string) {
  const client = useQueryClient();
  const pause = usePauseJob(jobId);
  const resume = useResumeJob(jobId);
  const pending = pause.isPending || resume.isPending;
  const send = (request: typeof pause, refused: string) => {
    // The job on screen says already what comes of it: a second press may mean either.
    if (isRequested(client, jobId, "pause", "resume")) return;
    // A menu is gone before the answer comes, and what hangs on the request itself would not be called.
    request.mutateAsync().catch((error: Error) => toast.error(refused, { description: error.message }));
  };
  return { pending, pause: () => send(pause, "The job was not paused"), resume: () => send(resume, "The job was not resumed") };
}
