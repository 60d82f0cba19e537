import { z } from "zod";

/** More than any job of the service can fill. */
const maxFiles = 10_000;

export const reportManifestSchema = z.object({
  Format: z.literal("Report_CSV_20180820"),
  ReportCreationDate: z.string(),
  Results: z
    .array(z.object({ TaskExecutionStatus: z.enum(["succeeded", "failed"]), Bucket: z.string(), MD5Checksum: z.string(), Key: z.string() }))
    .max(maxFiles),
  ReportSchema: z.string(),
});
export type ReportManifest = z.infer<typeof reportManifestSchema>;

/** @returns null for what is not a completion report's manifest.json */
export function parseReportManifest(text: string): ReportManifest | null {
  const parsed = z.string().transform(parseJson).pipe(reportManifestSchema).safeParse(text);
  return parsed.success ? parsed.data : null;
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
