import type { S3Client } from "@aws-sdk/client-s3";
import type { Connection, ExecutionRole, Job } from "#lib/db/generated/client.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { type JobDefinition, jobDefinitionSchema } from "#lib/jobs/job-schema.ts";
import { otherRoles } from "#lib/operations/registry.ts";
import { connectS3, type S3Target } from "#lib/s3/connect-s3.ts";
import { targetOf } from "#lib/s3/connection-client.ts";
import { openRole, sessionNameOf } from "#lib/sts/open-role.ts";
import { RoleRefused } from "#lib/sts/role-failures.ts";
import type { EngineContext } from "./engine-context.ts";

export interface FoundJob {
  job: Job;
  role: ExecutionRole;
  connection: Connection;
  definition: JobDefinition;
  /** Roles besides the job's own, with their connections; those that are gone are left out. */
  others: (ExecutionRole & { connection: Connection })[];
}

export interface LoadedJob extends Omit<FoundJob, "others"> {
  others: (FoundJob["others"][number] & { target: S3Target })[];
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

/**
 * Opens a job's stores with the keys that it runs with, which STS is asked for where its roles are assumed.
 * @throws JobFailure where STS refuses that, RoleUnavailable while it does not answer
 */
export async function connectJob(ctx: Pick<EngineContext, "now">, found: FoundJob): Promise<LoadedJob> {
  const { job, role, connection } = found;
  const openAs = async (as: ExecutionRole, at: Connection): Promise<S3Target> => {
    try {
      return await openRole(as, at, sessionNameOf(job.id), ctx.now);
    } catch (error) {
      throw error instanceof RoleRefused ? new RefusedRole(as.arn, error) : error;
    }
  };
  const target = await openAs(role, connection);
  const others = await Promise.all(found.others.map(async (other) => ({ ...other, target: await openAs(other, other.connection) })));
  const s3 = connectS3(target);
  const workS3 = connectS3(targetOf(connection, connection));
  return {
    ...found,
    others,
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
  return found && connectJob(ctx, found);
}

/** STS lets nobody have the role at the moment: its trust policy was changed, or its settings are wrong. */
export class RefusedRole extends JobFailure {
  constructor(arn: string, { message }: Error) {
    super("AssumeRoleRefused", `The execution role ${arn} cannot be assumed. ${message}`);
  }
}
