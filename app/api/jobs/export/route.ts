import { Readable } from "node:stream";
import { costly } from "#lib/http/budgets.ts";
import { route } from "#lib/http/route.ts";
import { exportJobs } from "#lib/jobs/export-jobs.ts";
import { filtersOf } from "#lib/jobs/job-filters.ts";

/** The list's filters and order → all that match as CSV, as a download */
export const GET = route(async ({ ctx, url }) => {
  const pieces = await exportJobs(ctx, filtersOf(url.searchParams));
  return new Response(Readable.toWeb(Readable.from(pieces, { objectMode: false })) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="longshore-jobs-${ctx.now().toISOString().slice(0, 10)}.csv"`,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}, costly);
