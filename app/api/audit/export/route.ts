import { Readable } from "node:stream";
import { exportAudit, exportAuditSchema } from "#lib/audit/export-audit.ts";
import { costly } from "#lib/http/budgets.ts";
import { route } from "#lib/http/route.ts";

const contentTypes = { csv: "text/csv; charset=utf-8; header=present", jsonl: "application/jsonl; charset=utf-8" };

/** The filters of lib/audit/audit-filters.ts, `format` → all that match, as a download that is written while it is read */
export const GET = route(async ({ ctx, url }) => {
  const query = exportAuditSchema.parse(Object.fromEntries(url.searchParams));
  const pieces = await exportAudit(ctx, query);
  return new Response(Readable.toWeb(Readable.from(pieces, { objectMode: false })) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": contentTypes[query.format],
      "content-disposition": `attachment; filename="longshore-audit-${ctx.now().toISOString().slice(0, 10)}.${query.format}"`,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}, costly);
