import { route } from "#lib/http/route.ts";
import { linkReportFile, linkReportFileSchema } from "#lib/reports/link-report-file.ts";

/** `{ key }` → ReportFileLink */
export const POST = route<{ jobId: string }>(async ({ ctx, params, body }) => {
  const { key } = linkReportFileSchema.omit({ jobId: true }).parse(await body());
  return linkReportFile(ctx, { jobId: params.jobId, key });
});
