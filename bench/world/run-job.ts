import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { JobStatus } from "#lib/db/generated/enums.ts";
import { confirmJob } from "#lib/jobs/confirm-job.ts";
import { createJob } from "#lib/jobs/create-job.ts";
import { isTerminal } from "#lib/jobs/transition.ts";
import type { Preflight } from "#lib/preflight/preflight.ts";
import { targetBucket } from "../stub/nginx-config.ts";
import type { StoredManifest } from "./manifest.ts";
import { type Endpoint, roleArn, type World } from "./start-world.ts";

export type BenchedOperation = "tagging" | "copy";

export const tags = [{ Key: "team", Value: "data" }];
const operations = {
  tagging: { S3PutObjectTagging: { TagSet: tags } },
  copy: { S3PutObjectCopy: { TargetResource: `arn:aws:s3:::${targetBucket}` } },
};
const pollMs = 20;

export interface JobRequest {
  manifest: StoredManifest;
  operation: BenchedOperation;
  endpoint: Endpoint;
  priority?: number;
}

/** Makes a job with a full report and waits until it has been prepared. @throws Error when it cannot be */
export async function prepareJob(world: World, { manifest, operation, endpoint, priority = 10 }: JobRequest): Promise<string> {
  const { jobId } = await createJob(world.ctx, {
    Operation: operations[operation],
    Manifest: {
      Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
      Location: { ObjectArn: manifest.objectArn, ETag: manifest.etag },
    },
    Report: { Enabled: true, Bucket: "arn:aws:s3:::reports", Prefix: "bench" },
    Priority: priority,
    RoleArn: roleArn(endpoint),
    ClientRequestToken: randomUUID(),
    ConfirmationRequired: true,
  });
  await untilStatus(world, jobId, (status) => status === "Suspended");
  return jobId;
}

export async function confirm({ ctx }: World, jobId: string): Promise<void> {
  // Checked before it is confirmed, so that no check runs beside what is measured.
  await untilChecked(ctx, jobId);
  const { definitionDigest, preflight } = await ctx.db.job.findUniqueOrThrow({ where: { id: jobId }, select: { definitionDigest: true, preflight: true } });
  // The stub answers whatever it is asked, which the checks find odd.
  await confirmJob(ctx, { jobId, definitionDigest, acknowledgedPreflight: (preflight as Preflight | null)?.checkedAt });
}

async function untilChecked(ctx: World["ctx"], jobId: string): Promise<void> {
  while ((await ctx.db.job.findUniqueOrThrow({ where: { id: jobId }, select: { preflight: true } })).preflight === null) await sleep(pollMs);
}

/** Waits for the job's end. @throws Error unless every task has succeeded */
export async function untilComplete(world: World, jobId: string, tasks: number, everyMs = pollMs): Promise<void> {
  await untilStatus(world, jobId, (status) => status === "Complete", everyMs);
  const { succeededTasks } = await world.ctx.db.job.findUniqueOrThrow({ where: { id: jobId } });
  if (Number(succeededTasks) !== tasks) throw new Error(`${succeededTasks} of ${tasks} tasks have succeeded: the figures would be of failures.`);
}

/** @throws Error when the job ends with another status */
export async function untilStatus({ ctx }: World, jobId: string, reached: (status: JobStatus) => boolean, everyMs = pollMs): Promise<void> {
  for (;;) {
    const { status, failureReasons } = await ctx.db.job.findUniqueOrThrow({ where: { id: jobId }, select: { status: true, failureReasons: true } });
    if (reached(status)) return;
    if (isTerminal(status)) throw new Error(`The job ended as ${status}: ${JSON.stringify(failureReasons)}`);
    await sleep(everyMs);
  }
}
