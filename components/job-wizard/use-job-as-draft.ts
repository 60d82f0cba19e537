"use client";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect } from "react";
import type { RoleView } from "#lib/connections/connection-views.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { api } from "../api-client.ts";
import { toast } from "../ui/toast.ts";
import type { Draft, StepName } from "./draft.ts";
import { draftOfJob, leftOutOf, retryOfJob } from "./draft-of-job.ts";
import { withManifest } from "./manifest-lookup.ts";
import { newToken } from "./new-token.ts";
import { draftOfSample, type SampleName, sampleNames } from "./samples.ts";
import type { Wizard } from "./use-wizard.ts";

/** What the address asks the wizard to begin with. */
interface Asked {
  clone: string | null;
  retry: string | null;
  replace: string | null;
  sample: SampleName | null;
}

interface Filled {
  draft: Draft;
  step: StepName;
  /** What the job says that no field holds. */
  leftOut: readonly string[];
}

const parsers = { clone: parseAsString, retry: parseAsString, replace: parseAsString, sample: parseAsStringLiteral(sampleNames) };

/** Fills the wizard in where the address asks for it: from a job, all of it again, in its place, or its failed tasks, or from a sample. */
export function useJobAsDraft(wizard: Wizard | null): { busy: boolean } {
  const client = useQueryClient();
  const [asked, setAsked] = useQueryStates(parsers);
  const wanted = asked.retry ?? asked.replace ?? asked.clone ?? asked.sample;
  const ready = wizard !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each is read once, when the wizard is there
  useEffect(() => {
    if (wanted === null || !wizard) return;
    const asking = new AbortController();
    fill(asked, client, asking.signal)
      .then(({ draft, step, leftOut }) => {
        if (asking.signal.aborted) return;
        wizard.begin(draft, step);
        if (leftOut.length > 0) {
          const description = `This form has no field for ${leftOut.join(", ")}. Create the job by the API to keep what it says.`;
          toast.warning("Not all of the job was taken over", { description, duration: Number.POSITIVE_INFINITY, closeButton: true });
        }
      })
      .catch((error: Error) => {
        if (!asking.signal.aborted) toast.error("The job could not be taken over", { description: error.message });
      })
      .finally(() => {
        if (!asking.signal.aborted) void setAsked({ clone: null, retry: null, replace: null, sample: null }, { history: "replace" });
      });
    return () => asking.abort();
  }, [wanted, ready]);
  return { busy: wanted !== null };
}

/** @throws Error with what to tell the person */
async function fill({ clone, retry, replace, sample }: Asked, client: QueryClient, signal: AbortSignal): Promise<Filled> {
  const jobId = retry ?? replace ?? clone;
  if (jobId === null) return fillFromSample(sample ?? "tag-photos", client);
  const job = await api<JobDetails>(`/api/jobs/${encodeURIComponent(jobId)}`, { signal });
  const draft = retry === null ? draftOfJob(job, newToken()) : retryOfJob(job, newToken());
  if (!draft) throw new Error("The job has no completion report, which alone says which of its tasks failed.");
  return { draft: { ...draft, replaces: replace === null ? null : job.id }, step: "manifest", leftOut: leftOutOf(draft, job) };
}

/** Ready to be made: its manifest is looked up, so that the last step may come first. */
async function fillFromSample(sample: SampleName, client: QueryClient): Promise<Filled> {
  const roles = await client.fetchQuery({ queryKey: ["roles"], queryFn: ({ signal }) => api<RoleView[]>("/api/roles", { signal }) });
  const draft = draftOfSample(sample, roles, newToken());
  if (!draft) throw new Error("This installation has no sandbox, whose sample data the job is for.");
  return { draft: await withManifest(client, draft), step: "review", leftOut: [] };
}
