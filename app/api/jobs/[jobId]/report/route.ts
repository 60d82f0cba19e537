import { route } from "#lib/http/route.ts";
import { readReport, readReportSchema } from "#lib/reports/read-report.ts";

/** `?status&code&http&prefix&text&cursor&limit` → ReportPage */
export const GET = route<{ jobId: string }>(async ({ ctx, request, params, url }) =>
  readReport(ctx, readReportSchema.parse({ ...Object.fromEntries(url.searchParams), jobId: params.jobId }), request.signal),
);
