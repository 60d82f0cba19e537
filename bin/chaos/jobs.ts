import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { confirmJob } from "#lib/jobs/confirm-job.ts";
import { createJob } from "#lib/jobs/create-job.ts";
import { describeJob } from "#lib/jobs/describe-job.ts";
import { resumeJob } from "#lib/jobs/resume-job.ts";
import { isTerminal } from "#lib/jobs/transition.ts";
import type { Preflight } from "#lib/preflight/preflight.ts";
import { roleArn, type World } from "./world.ts";

/** A manifest's row, and the code that it fails with, if it has to. */
export interface ChaosRow {
  bucket: string;
  key: string;
  fails: "NoSuchKey" | "AccessDenied" | null;
}

export interface ChaosJob {
  jobId: string;
  rows: ChaosRow[];
  /** What the job writes as the value of its tag. */
  seed: number;
}

/** One object in a hundred or so is not there, and another one forbidden: failures have to be counted right, too. */
export const chaosRows = (name: string, count: number): ChaosRow[] =>
  Array.from({ length: count }, (_, index) => {
    if (index % 97 === 0) return { bucket: "data", key: `${name} missing ${index}`, fails: "NoSuchKey" };
    if (index % 101 === 0) return { bucket: "forbidden", key: `${name} forbidden ${index}`, fails: "AccessDenied" };
    return { bucket: "data", key: `${name} ${index}`, fails: null };
  });

/** Makes a tagging job of the rows; tries until both S3 and the database have taken their part. */
export async function createChaosJob({ ctx, s3 }: World, rows: ChaosRow[], seed: number, Priority: number): Promise<ChaosJob> {
  const ClientRequestToken = randomUUID();
  const Key = `${ClientRequestToken}.csv`;
  const Body = rows.map(({ bucket, key }) => `${bucket},${encodeURIComponent(key)}\n`).join("");
  const { ETag = "" } = await untilDone(() => s3.send(new PutObjectCommand({ Bucket: "manifests", Key, Body })));
  const { jobId } = await untilDone(() =>
    createJob(ctx, {
      Operation: { S3PutObjectTagging: { TagSet: [{ Key: "seed", Value: String(seed) }] } },
      Manifest: {
        Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
        Location: { ObjectArn: `arn:aws:s3:::manifests/${Key}`, ETag },
      },
      Report: { Enabled: true, Bucket: "arn:aws:s3:::reports", Prefix: "chaos" },
      Priority,
      RoleArn: roleArn,
      ClientRequestToken,
      ConfirmationRequired: true,
    }),
  );
  return { jobId, rows, seed };
}

async function untilDone<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries === 60) throw error;
      await sleep(500);
    }
  }
}

/** Longer than a person's pause lasts here: whoever was to resume the job is dead. */
const pauseMs = 4_000;

/** Confirms the job once it is prepared, resumes it when nobody else does, and waits for its end; the database may be away in between. */
export async function runToEnd(ctx: World["ctx"], jobId: string, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  let pausedSince: number | null = null;
  while (Date.now() < deadline) {
    await sleep(300);
    const job = await ctx.db.job.findUnique({ where: { id: jobId } }).catch(() => null);
    if (!job) continue;
    if (isTerminal(job.status)) return;
    if (job.status === "Suspended") {
      // S3 may have been away when the job was checked.
      const acknowledgedPreflight = (job.preflight as Preflight | null)?.checkedAt;
      await confirmJob(ctx, { jobId, definitionDigest: job.definitionDigest, acknowledgedPreflight }).catch(() => undefined);
    }
    pausedSince = job.pausedBy === null ? null : (pausedSince ?? Date.now());
    if (pausedSince !== null && Date.now() - pausedSince > pauseMs) await resumeJob(ctx, { jobId }).catch(() => undefined);
  }
  const job = await describeJob(ctx, jobId);
  throw new Error(
    `the job has not ended after ${limitMs / 60_000} minutes: ${job.status}, ${job.succeededTasks}+${job.failedTasks} of ${job.totalTasks}, ${JSON.stringify(job.chunks)}`,
  );
}
