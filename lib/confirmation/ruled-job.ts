import type { Job } from "../db/generated/client.ts";
import { type JobDefinition, jobDefinitionSchema } from "../jobs/job-schema.ts";
import { irreversibleOf } from "../operations/registry.ts";
import type { RuledJob } from "./rules.ts";

/** What the rules ask about, of a job's row. */
export const ruledJob = (job: Pick<Job, "createdById" | "definition" | "totalTasks">): RuledJob =>
  ruledDefinition(jobDefinitionSchema.parse(job.definition), { createdById: job.createdById, totalTasks: Number(job.totalTasks) });

export const ruledDefinition = (definition: JobDefinition, { createdById, totalTasks }: Pick<RuledJob, "createdById" | "totalTasks">): RuledJob => ({
  createdById,
  totalTasks,
  dryRun: definition.DryRun === true,
  irreversible: irreversibleOf(definition) !== null,
});
