"use client";
import { useState } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { CommandsCard } from "../job-commands/commands-card.tsx";
import { requestOf } from "../job-commands/job-request.ts";
import { newToken } from "../job-wizard/new-token.ts";

/** The job in the words of CreateJob, for who wants to make the same one by another way. */
export function DefinitionJson({ job }: { job: JobDetails }) {
  const [token] = useState(newToken);
  return <CommandsCard title="Create again from the command line, or as JSON" request={requestOf(job, token)} />;
}
