import type { Connection } from "#lib/db/generated/client.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { S3Failure } from "#lib/s3/s3-failure.ts";

/** A work area that cannot be written ends the job: its chunks would run their tasks again and again. */
export const workAreaRefusal = (connection: Pick<Connection, "name" | "workBucket" | "workPrefix">, { httpStatus, code }: S3Failure): JobFailure =>
  new JobFailure(
    "WorkAreaForbidden",
    `The connection "${connection.name}" may not write to its work area s3://${connection.workBucket}/${connection.workPrefix} (${httpStatus} ${code}). An admin mends it on the connection's page.`,
  );
