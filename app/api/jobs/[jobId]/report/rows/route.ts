import { Readable } from "node:stream";
import { costly } from "#lib/http/budgets.ts";
import { route } from "#lib/http/route.ts";
import { exportReport, exportReportSchema } from "#lib/reports/export-report.ts";

/** `?format&status&code&http&prefix&text` → a CSV, written while the report is read, and no faster than it is taken. */
export const GET = route<{ jobId: string }>(async ({ ctx, request, params, url }) => {
  const input = exportReportSchema.parse({ ...Object.fromEntries(url.searchParams), jobId: params.jobId });
  const { pieces, name } = await exportReport(ctx, input, request.signal);
  return new Response(Readable.toWeb(Readable.from(pieces, { objectMode: false })) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}, costly);
