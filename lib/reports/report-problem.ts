import { s3Path } from "../browse/s3-location.ts";
import { AppError } from "../errors.ts";
import { s3Failure } from "../s3/s3-failure.ts";
import type { ReportLocation } from "./report-location.ts";

/** A file of a report that cannot be read, or is not what was written. */
export class ReportFileError extends AppError {
  constructor({ bucket }: Pick<ReportLocation, "bucket">, key: string, why: string, cause?: unknown) {
    super("Upstream", `${s3Path(bucket, key)} could not be read: ${why}.`, [], { cause });
  }
}

const inWords: Record<string, string> = {
  AccessDenied: "the connection's keys may not read it any more",
  PreconditionFailed: "it was written again meanwhile. Load the page anew",
};

/** @throws AppError Upstream, in words for the person who reads the report, where S3 does not give the file */
export async function readFromS3<T>(location: ReportLocation, key: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const failure = s3Failure(error);
    if (failure === null) throw error;
    const why =
      failure.httpStatus === 404
        ? "it is not there any more. Somebody has deleted or moved it, or a lifecycle rule has"
        : (inWords[failure.code] ?? (failure.httpStatus === 0 ? `the endpoint does not answer (${failure.code})` : `${failure.httpStatus} ${failure.code}`));
    throw new ReportFileError(location, key, why, error);
  }
}
