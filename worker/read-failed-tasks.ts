import type { S3Client } from "@aws-sdk/client-s3";
import { s3Path } from "#lib/browse/s3-location.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { RowError } from "#lib/manifests/parse-row.ts";
import { splitLines } from "#lib/manifests/split-lines.ts";
import type { TaskWriter } from "#lib/manifests/write-tasks.ts";
import { parseReportManifest } from "#lib/reports/report-manifest.ts";
import { failedTaskOf } from "#lib/reports/report-task.ts";
import { openDataFile } from "./read-data-file.ts";

/**
 * Writes the objects of the failed tasks of a completion report, whose manifest.json this is. Each file is checked against its MD5.
 * @param onRows told now and then how many objects there are
 * @throws JobFailure that names the file and its first wrong row
 */
export async function readFailedTasks(s3: S3Client, text: string, address: string, writer: TaskWriter, onRows: (rows: number) => void): Promise<void> {
  const report = parseReportManifest(text);
  if (!report) throw new JobFailure("InvalidManifest", `${address} is not the manifest.json of a completion report. Choose the one in the folder job-<id>.`);
  for (const { Bucket, Key, MD5Checksum, TaskExecutionStatus } of report.Results) {
    if (TaskExecutionStatus !== "failed") continue;
    let row = 0;
    const file = await openDataFile(s3, { bucket: Bucket, key: Key, md5: MD5Checksum.toLowerCase() });
    try {
      for await (const lines of splitLines(file.pieces)) {
        while (lines.next()) {
          row += 1;
          writer.add(failedTaskOf(lines.text));
        }
        await writer.flush();
        onRows(writer.rows);
      }
      file.verify();
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      throw new JobFailure("InvalidManifest", `Row ${Math.max(1, row).toLocaleString("en")} of ${s3Path(Bucket, Key)} ${error.message}.`);
    } finally {
      file.close();
    }
  }
}
