import { createHash, type Hash } from "node:crypto";
import { AbortMultipartUploadCommand, CreateMultipartUploadCommand, GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { type ReportLocation, resultKey } from "./report-location.ts";
import type { ReportManifest } from "./report-manifest.ts";
import { reportSchemaText } from "./report-row.ts";
import { openUpload, type StreamUpload } from "./stream-upload.ts";
import { abortUploads, type WorkArea } from "./work-area.ts";

/** A result file is closed at the first part that takes it past this size. */
const fileBytes = 512 * 1024 * 1024;

export interface ReportParts {
  succeeded: string[];
  failed: string[];
}

/**
 * Joins the parts into result files and writes manifest.json last: who finds it finds a whole report.
 * A second call writes the same keys with the same content.
 */
export async function writeReport(s3: S3Client, location: ReportLocation, area: WorkArea, parts: ReportParts, now: Date): Promise<void> {
  const results: ReportManifest["Results"] = [];
  for (const status of ["succeeded", "failed"] as const) {
    results.push(...(await joinParts(s3, location, area, status, parts[status])));
  }
  const manifest: ReportManifest = { Format: "Report_CSV_20180820", ReportCreationDate: now.toISOString(), Results: results, ReportSchema: reportSchemaText };
  const body = JSON.stringify(manifest);
  const put = (key: string, text: string, type: string) => s3.send(new PutObjectCommand({ Bucket: location.bucket, Key: key, Body: text, ContentType: type }));
  await put(`${location.manifestKey}.md5`, createHash("md5").update(body).digest("hex"), "text/plain");
  await put(location.manifestKey, body, "application/json");
}

async function joinParts(
  s3: S3Client,
  location: ReportLocation,
  area: WorkArea,
  status: "succeeded" | "failed",
  keys: string[],
): Promise<ReportManifest["Results"]> {
  const results: ReportManifest["Results"] = [];
  let file: { upload: StreamUpload; key: string; md5: Hash } | null = null;
  const close = async () => {
    if (!file) return;
    await file.upload.finish();
    results.push({ TaskExecutionStatus: status, Bucket: location.bucket, MD5Checksum: file.md5.digest("hex"), Key: file.key });
    file = null;
  };
  try {
    for (const key of keys) {
      const part = await area.s3.send(new GetObjectCommand({ Bucket: area.bucket, Key: key }));
      if (!file) {
        const to = resultKey(location, status, results.length);
        file = { upload: openUpload(s3, location.bucket, to), key: to, md5: createHash("md5") };
      }
      for await (const piece of part.Body as AsyncIterable<Buffer>) {
        file.md5.update(piece);
        await file.upload.write(piece);
      }
      if (file.upload.bytes >= fileBytes) await close();
    }
    await close();
  } catch (error) {
    await (file as { upload: StreamUpload } | null)?.upload.abort();
    throw error;
  }
  return results;
}

/** Gives up the uploads that a process which died left under the report's folder; a role may not be allowed to see them. */
export async function abortReportUploads(s3: S3Client, location: ReportLocation): Promise<void> {
  await abortUploads(s3, location.bucket, location.folder).catch(() => undefined);
}

/**
 * Whether the role may write the report, without leaving an object behind: an upload is begun and given up.
 * @throws the SDK's error when it may not
 */
export async function checkReportWritable(s3: S3Client, location: ReportLocation): Promise<void> {
  await abortReportUploads(s3, location);
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket: location.bucket, Key: location.manifestKey }));
  // A role may be allowed to write and not to abort; the bucket's lifecycle then clears the empty upload.
  await s3.send(new AbortMultipartUploadCommand({ Bucket: location.bucket, Key: location.manifestKey, UploadId })).catch(() => undefined);
}
