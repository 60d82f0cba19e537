import type { Readable } from "node:stream";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { parseS3Arn } from "../jobs/arn.ts";
import type { JobManifest } from "../jobs/job-schema.ts";
import { PrepareFailure } from "../jobs/prepare-failure.ts";
import { s3Failure } from "../s3/s3-failure.ts";

/** `s3://bucket/key` of a manifest, for people. */
export function manifestAddress(manifest: JobManifest): string {
  const location = parseS3Arn(manifest.Location.ObjectArn);
  return `s3://${location?.bucket}/${location?.key}`;
}

/**
 * Opens exactly the manifest that the job names: its ETag, and its version if it has one.
 * @param range bytes [start, end); the whole object without it
 * @throws PrepareFailure when S3 refuses; an SDK error while S3 cannot be reached
 */
export async function openManifest(s3: S3Client, manifest: JobManifest, range?: { start: number; end: number }, signal?: AbortSignal): Promise<{ stream: Readable; bytes: number }> {
  const location = parseS3Arn(manifest.Location.ObjectArn);
  const address = manifestAddress(manifest);
  try {
    const answer = await s3.send(
      new GetObjectCommand({
        Bucket: location?.bucket,
        Key: location?.key,
        VersionId: manifest.Location.ObjectVersionId,
        IfMatch: `"${manifest.Location.ETag}"`,
        Range: range && `bytes=${range.start}-${range.end - 1}`,
      }),
      signal ? { abortSignal: signal } : {},
    );
    return { stream: answer.Body as Readable, bytes: answer.ContentLength ?? 0 };
  } catch (error) {
    const failure = s3Failure(error);
    if (failure?.kind !== "refused") throw error;
    throw refusal(failure.httpStatus, failure.code, address, failure.message);
  }
}

function refusal(status: number, code: string, address: string, message: string): PrepareFailure {
  if (status === 412) {
    return new PrepareFailure("ManifestChanged", `The manifest ${address} is not the one that was chosen: its ETag is another one now. Create the job again with the present manifest.`);
  }
  if (status === 404) return new PrepareFailure("ManifestNotFound", `The manifest ${address} does not exist (${code}). Upload it again, or create the job with another one.`);
  if (status === 403 || status === 401) {
    return new PrepareFailure("ManifestForbidden", `The execution role may not read the manifest ${address} (${code}). Allow it s3:GetObject and s3:GetObjectVersion there.`);
  }
  return new PrepareFailure("ManifestUnreadable", `The manifest ${address} cannot be read: ${status} ${code}: ${message}`);
}
