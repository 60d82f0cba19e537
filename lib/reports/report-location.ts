import { createHash } from "node:crypto";
import { parseS3Arn } from "../jobs/arn.ts";
import type { JobReport } from "../jobs/job-schema.ts";

type EnabledReport = Extract<JobReport, { Enabled: true }>;

export interface ReportLocation {
  bucket: string;
  /** `<prefix>/job-<id>/` */
  folder: string;
  manifestKey: string;
}

/** Where the service puts a job's completion report. */
export function reportLocation(report: EnabledReport, jobId: string): ReportLocation {
  const bucket = parseS3Arn(report.Bucket)?.bucket ?? "";
  const prefix = report.Prefix === undefined ? "" : `${report.Prefix.replace(/\/$/, "")}/`;
  const folder = `${prefix}job-${jobId}/`;
  return { bucket, folder, manifestKey: `${folder}manifest.json` };
}

/** A result file's key: 40 hex digits as the service has, but the same at every try, so that a second one overwrites the first. */
export const resultKey = (location: ReportLocation, status: "succeeded" | "failed", number: number): string =>
  `${location.folder}results/${createHash("sha1").update(`${location.folder} ${status} ${number}`).digest("hex")}.csv`;
