"use client";
import { parseAsString, useQueryStates } from "nuqs";
import { useEffect } from "react";
import { toast } from "sonner";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { api } from "../api-client.ts";
import { isTouched } from "./draft.ts";
import { draftOfJob, leftOutOf, retryOfJob } from "./draft-of-job.ts";
import { newToken } from "./new-token.ts";
import type { Wizard } from "./use-wizard.ts";

/** Fills the wizard in from a job, where the address asks for it: all of it again, or its failed tasks. */
export function useJobAsDraft(wizard: Wizard | null): { busy: boolean } {
  const [{ clone, retry }, setQuery] = useQueryStates({ clone: parseAsString, retry: parseAsString });
  const jobId = retry ?? clone;
  const ready = wizard !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each job is read once, when the draft that it replaces is there
  useEffect(() => {
    if (jobId === null || !wizard) return;
    const asking = new AbortController();
    api<JobDetails>(`/api/jobs/${encodeURIComponent(jobId)}`, { signal: asking.signal })
      .then((job) => {
        const draft = retry === null ? draftOfJob(job, newToken()) : retryOfJob(job, newToken());
        if (!draft) throw new Error("The job has no completion report, which alone says which of its tasks failed.");
        const before = wizard.draft;
        wizard.replace(draft);
        const leftOut = leftOutOf(draft, job);
        if (leftOut.length > 0) {
          const description = `This form has no field for ${leftOut.join(", ")}. Create the job by the API to keep what it says.`;
          toast.warning("Not all of the job was taken over", { description, duration: Number.POSITIVE_INFINITY, closeButton: true });
        }
        if (!isTouched(before)) return;
        toast("Your earlier draft was put aside", { action: { label: "Undo", onClick: () => wizard.replace(before) }, duration: 10_000 });
      })
      .catch((error: Error) => {
        if (!asking.signal.aborted) toast.error("The job could not be taken over", { description: error.message });
      })
      .finally(() => {
        if (!asking.signal.aborted) void setQuery({ clone: null, retry: null }, { history: "replace" });
      });
    return () => asking.abort();
  }, [jobId, ready]);
  return { busy: jobId !== null };
}
