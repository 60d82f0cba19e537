import type { Readable } from "node:stream";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { parseS3Arn } from "../jobs/arn.ts";
import { JobFailure } from "../jobs/job-failure.ts";
import type { JobManifest } from "../jobs/manifest-schema.ts";
import { s3Failure } from "../s3/s3-failure.ts";

/** `s3://bucket/key` of a manifest, for people. */
export function manifestAddress(manifest: JobManifest): string {
  const location = parseS3Arn(manifest.Location.ObjectArn);
  return `s3://${location?.bucket}/${location?.key}`;
}

/**
 * Opens exactly the manifest that the job names: its ETag, and its version if it has one.
 * @param range bytes [start, end); the whole object without it
 * @throws JobFailure when S3 refuses, or gives something else; an SDK error while S3 cannot be reached
 */
export async function openManifest(
  s3: S3Client,
  manifest: JobManifest,
  range?: { start: number; end: number },
  signal?: AbortSignal,
): Promise<{ stream: Readable; bytes: number }> {
  const location = parseS3Arn(manifest.Location.ObjectArn);
  const address = manifestAddress(manifest);
  const answer = await s3
    .send(
      new GetObjectCommand({
        Bucket: location?.bucket,
        Key: location?.key,
        VersionId: manifest.Location.ObjectVersionId,
        IfMatch: `"${manifest.Location.ETag}"`,
        Range: range && `bytes=${range.start}-${range.end - 1}`,
      }),
      signal ? { abortSignal: signal } : {},
    )
    .catch((error: unknown) => {
      const failure = s3Failure(error);
      if (failure?.kind !== "refused") throw error;
      throw refusal(failure.httpStatus, failure.code, address, failure.message);
    });
  const stream = answer.Body as Readable;
  // A store that knows no conditional or ranged reads answers all the same, with what was not asked for.
  const wrong =
    answer.ETag?.replaceAll('"', "") !== manifest.Location.ETag
      ? refusal(412, "", address, "")
      : range && !answer.ContentRange?.startsWith(`bytes ${range.start}-`)
        ? new JobFailure("ManifestUnreadable", `The endpoint does not give parts of ${address}: it ignores the Range of a GetObject, which Longshore needs.`)
        : answer.ContentLength === undefined
          ? new JobFailure("ManifestUnreadable", `The endpoint does not say how long ${address} is (Content-Length), which Longshore needs.`)
          : null;
  if (wrong) {
    stream.destroy();
    throw wrong;
  }
  return { stream, bytes: answer.ContentLength ?? 0 };
}

function refusal(status: number, code: string, address: string, message: string): JobFailure {
  if (status === 412) {
    return new JobFailure(
      "ManifestChanged",
      `The manifest ${address} is not the one that was chosen: its ETag is another one now. Create the job again with the present manifest.`,
    );
  }
  if (status === 404)
    return new JobFailure("ManifestNotFound", `The manifest ${address} does not exist (${code}). Upload it again, or create the job with another one.`);
  if (status === 403 || status === 401) {
    return new JobFailure(
      "ManifestForbidden",
      `The execution role may not read the manifest ${address} (${code}). Allow it s3:GetObject and s3:GetObjectVersion there.`,
    );
  }
  return new JobFailure("ManifestUnreadable", `The manifest ${address} cannot be read: ${status} ${code}: ${message}`);
}
