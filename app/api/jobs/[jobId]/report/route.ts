import { route } from "#lib/http/route.ts";
import { readReport, readReportSchema } from "#lib/reports/read-report.ts";

/** `?status&code&cursor&limit` → ReportPage */
export const GET = route<{ jobId: string }>(async ({ ctx, params, url }) =>
  readReport(
    ctx,
    readReportSchema.parse({
      ...Object.fromEntries(url.searchParams),
      jobId: params.jobId,
    }),
  ),
);
