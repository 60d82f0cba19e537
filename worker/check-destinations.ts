import { HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { refusalOf } from "#lib/jobs/refusal-of.ts";
import { manifestAddress } from "#lib/manifests/open-manifest.ts";
import { operationOf } from "#lib/operations/registry.ts";
import { reportLocation } from "#lib/reports/report-location.ts";
import { checkWorkArea, createWorkArea } from "#lib/reports/work-area.ts";
import { checkReportWritable } from "#lib/reports/write-report.ts";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { type S3Failure, s3Failure } from "#lib/s3/s3-failure.ts";
import { checkObjectLock } from "./check-object-lock.ts";
import type { LoadedJob } from "./load-job.ts";
import { workAreaRefusal } from "./work-area-refusal.ts";

/**
 * What would fail every task, or lose the report, is found before anybody confirms.
 * @param buckets each with the first row of the manifest that names it; null for the one that a generator lists
 * @throws JobFailure in words that say what to do
 */
export async function checkDestinations(loaded: LoadedJob, buckets: Map<string, number | null>): Promise<void> {
  const { definition, connection, s3 } = loaded;
  for (const [bucket, row] of buckets) {
    if (!(await bucketIsMissing(s3, bucket))) continue;
    const where =
      row === null || !definition.Manifest
        ? "whose objects are to be listed"
        : `which row ${row.toLocaleString("en")} of ${manifestAddress(definition.Manifest)} names`;
    throw new JobFailure("BucketNotFound", `The bucket ${bucket}, ${where}, does not exist at ${connection.endpoint}.`);
  }
  // Settings may have changed since the job was created.
  const refusal = refusalOf(definition.Operation, connection);
  if (refusal) throw new JobFailure("FunctionNotAllowed", refusal.message);
  await checkObjectLock(loaded, buckets.keys());
  const { operation, params } = operationOf(definition.Operation);
  for (const { bucket, role } of operation.destinations(params)) await checkDestination(loaded, bucket, role);
  if (!definition.Report.Enabled) return;
  await checkReport(loaded);
  const area = createWorkArea(loaded.workS3, connection, loaded.job.id);
  await refusedAs(checkWorkArea(area), (failure) => workAreaRefusal(connection, failure));
}

/**
 * Whether the role may write the report.
 * @throws JobFailure in words that say what to do
 */
export async function checkReport({ definition, connection, s3, job }: Pick<LoadedJob, "definition" | "connection" | "s3" | "job">): Promise<void> {
  if (!definition.Report.Enabled) return;
  const location = reportLocation(definition.Report, job.id);
  const report = `s3://${location.bucket}/${location.folder}`;
  await refusedAs(checkReportWritable(s3, location), ({ httpStatus, code }) =>
    httpStatus === 404
      ? new JobFailure("BucketNotFound", `The report bucket ${location.bucket} does not exist at ${connection.endpoint}. Make it, or choose another bucket.`)
      : new JobFailure(
          "ReportForbidden",
          `The execution role may not write the completion report to ${report} (${httpStatus} ${code}). Allow it s3:PutObject there, or choose another bucket.`,
        ),
  );
}

/**
 * Whether a bucket besides the objects' own is there.
 * @param roleArn of another role of the job, on whose connection it is
 * @throws JobFailure in words that say what to do
 */
export async function checkDestination(loaded: LoadedJob, bucket: string, roleArn: string | undefined): Promise<void> {
  const role = loaded.others.find(({ arn }) => arn === roleArn);
  if (roleArn !== undefined && !role)
    throw new JobFailure("RoleNotFound", `There is no execution role ${roleArn} any more. Have an admin add it, and create the job again.`);
  const s3 = role ? connectS3(role.target) : loaded.s3;
  try {
    if (!(await bucketIsMissing(s3, bucket))) return;
  } finally {
    if (role) s3.destroy();
  }
  const { endpoint } = role?.connection ?? loaded.connection;
  throw new JobFailure("BucketNotFound", `The destination bucket ${bucket} does not exist at ${endpoint}. Make it, and create the job again.`);
}

/** Only a clear "no such bucket" counts: a role that may not list a bucket may still work on its objects. */
async function bucketIsMissing(s3: S3Client, bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    return false;
  } catch (error) {
    const failure = s3Failure(error);
    if (failure?.kind !== "refused") throw error;
    if (failure.httpStatus === 301) {
      throw new JobFailure(
        "BucketElsewhere",
        `The bucket ${bucket} is in another region than the connection's. Choose a connection for that region, or ask an admin to add one.`,
      );
    }
    return failure.httpStatus === 404;
  }
}

async function refusedAs(check: Promise<void>, failureOf: (failure: S3Failure) => JobFailure): Promise<void> {
  try {
    await check;
  } catch (error) {
    const failure = s3Failure(error);
    if (failure?.kind !== "refused") throw error;
    throw failureOf(failure);
  }
}
