import { Readable } from "node:stream";
import { costly } from "#lib/http/budgets.ts";
import { route } from "#lib/http/route.ts";
import { openReportFile } from "#lib/reports/open-report-file.ts";

/** `?key` → the file as it lies in S3, always as a download: nothing in it may run as a page of ours. */
export const GET = route<{ jobId: string }>(async ({ ctx, params, url }) => {
  const { stream, bytes, name } = await openReportFile(ctx, {
    jobId: params.jobId,
    key: url.searchParams.get("key") ?? "",
  });
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": name.endsWith(".json") ? "application/json" : "text/csv; charset=utf-8",
      ...(bytes === null ? {} : { "content-length": String(bytes) }),
      "content-disposition": `attachment; filename="${name}"`,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}, costly);
