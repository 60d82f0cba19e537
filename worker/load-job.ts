import type { S3Client } from "@aws-sdk/client-s3";
import type { Connection, ExecutionRole, Job } from "#lib/db/generated/client.ts";
import { type JobDefinition, jobDefinitionSchema } from "#lib/jobs/job-schema.ts";
import { otherRoles } from "#lib/operations/registry.ts";
import { connectS3, type S3Target } from "#lib/s3/connect-s3.ts";
import { targetOf } from "#lib/s3/connection-client.ts";
import type { EngineContext } from "./engine-context.ts";

export interface FoundJob {
  job: Job;
  role: ExecutionRole;
  connection: Connection;
  definition: JobDefinition;
  /** Roles besides the job's own, with their connections; those that are gone are left out. */
  others: (ExecutionRole & { connection: Connection })[];
}

export interface LoadedJob extends FoundJob {
  /** Tasks, manifest and report go with the role's keys. */
  target: S3Target;
  s3: S3Client;
  /** The work area goes with the connection's own. */
  workS3: S3Client;
  close(): void;
}

/** @returns null when the job is gone */
export async function findJob(ctx: EngineContext, jobId: string): Promise<FoundJob | null> {
  const found = await ctx.db.job.findUnique({ where: { id: jobId }, include: { role: { include: { connection: true } } } });
  if (!found) return null;
  const { role, ...job } = found;
  const definition = jobDefinitionSchema.parse(job.definition);
  const arns = otherRoles(definition.Operation);
  const others = arns.length === 0 ? [] : await ctx.db.executionRole.findMany({ where: { arn: { in: arns } }, include: { connection: true } });
  return { job, role, connection: role.connection, definition, others };
}

export function connectJob(found: FoundJob): LoadedJob {
  const { role, connection } = found;
  const target = targetOf(connection, role);
  const s3 = connectS3(target);
  const workS3 = connectS3(targetOf(connection, connection));
  return {
    ...found,
    target,
    s3,
    workS3,
    close: () => {
      s3.destroy();
      workS3.destroy();
    },
  };
}

/** @returns null when the job is gone */
export async function loadJob(ctx: EngineContext, jobId: string): Promise<LoadedJob | null> {
  const found = await findJob(ctx, jobId);
  return found && connectJob(found);
}
