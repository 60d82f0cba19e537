import { z } from "zod";
import { demand } from "../auth/permissions.ts";
import { csvLine } from "../csv/csv-line.ts";
import type { Context } from "../jobs/context.ts";
import { type AuditFilters, auditFiltersSchema } from "./audit-filters.ts";
import type { AuditEntryView } from "./audit-views.ts";
import { type AuditPlace, readAudit, viewEntry } from "./read-audit.ts";
import { recordAudit } from "./record-audit.ts";

export const exportAuditSchema = auditFiltersSchema.extend({ format: z.enum(["csv", "jsonl"]) });

const columns: readonly [string, (entry: AuditEntryView) => string | null][] = [
  ["Id", (entry) => entry.id],
  ["Time", (entry) => entry.at],
  ["Who", (entry) => entry.actor],
  ["Action", (entry) => entry.action],
  ["Of what", (entry) => entry.target.type],
  ["Id of what", (entry) => entry.target.id],
  ["Name then", (entry) => entry.target.name],
  ["Before", (entry) => entry.before && JSON.stringify(entry.before)],
  ["After", (entry) => entry.after && JSON.stringify(entry.after)],
  ["Detail", (entry) => entry.detail],
  ["Via", (entry) => entry.via],
  ["Access key", (entry) => entry.accessKeyId],
  ["Address", (entry) => entry.ip],
  ["User agent", (entry) => entry.userAgent],
  ["Request", (entry) => entry.requestId],
];

/** The mark at the beginning is how spreadsheets know UTF-8. */
const formats = {
  csv: { head: `\uFEFF${csvLine(columns.map(([name]) => name))}`, line: (entry: AuditEntryView) => csvLine(columns.map(([, value]) => value(entry))) },
  jsonl: { head: "", line: (entry: AuditEntryView) => `${JSON.stringify(entry)}\n` },
} as const;

const batch = 1000;

/**
 * All entries that match, the newest first, in pieces: nothing is held but what is under way. It has those that were there when it began, and
 * that it was downloaded is the next one.
 * @throws AppError Forbidden; ZodError: before the first piece
 */
export async function exportAudit(ctx: Context, query: z.input<typeof exportAuditSchema>): Promise<AsyncGenerator<string>> {
  demand(ctx, "audit.read");
  const { format, ...filters } = exportAuditSchema.parse(query);
  const first = await readAudit(ctx.db, filters, { after: null, size: batch });
  await recordAudit(ctx.db, ctx, { action: "audit.export", target: { type: "audit trail", id: null, name: null }, after: { format, ...filters } });
  return write(ctx, filters, first, formats[format]);
}

async function* write(ctx: Context, filters: AuditFilters, first: Awaited<ReturnType<typeof readAudit>>, { head, line }: (typeof formats)["csv" | "jsonl"]) {
  if (head !== "") yield head;
  for (let entries = first; entries.length > 0; ) {
    yield entries.map((entry) => line(viewEntry(entry))).join("");
    const last: AuditPlace | undefined = entries.at(-1);
    if (!last || entries.length < batch) return;
    entries = await readAudit(ctx.db, filters, { after: last, size: batch });
  }
}
