import { z } from "zod";
import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { auditFiltersSchema } from "./audit-filters.ts";
import type { AuditFacets, AuditPage } from "./audit-views.ts";
import { readAudit, readPlace, viewEntry, writePlace } from "./read-audit.ts";

export const listAuditSchema = auditFiltersSchema.extend({
  /** `next` of the page before. */
  after: z.string().max(64).optional(),
  size: z.coerce.number().int().min(1).max(200, "is 200 at most").default(50),
});

/** A page of the audit trail, the newest first. @throws AppError Forbidden, InvalidRequest (not where a page ends); ZodError */
export async function listAudit(ctx: Context, query: z.input<typeof listAuditSchema>): Promise<AuditPage> {
  demand(ctx, "audit.read");
  const { after, size, ...filters } = listAuditSchema.parse(query);
  const found = await readAudit(ctx.db, filters, { after: after === undefined ? null : readPlace(after), size: size + 1 });
  const entries = found.slice(0, size);
  const last = entries.at(-1);
  return { entries: entries.map(viewEntry), next: last && found.length > size ? writePlace(last) : null };
}

const maxActors = 200;

/** What the trail can be filtered by. Walks from name to name along their index, so that it takes as long as there are names. @throws AppError Forbidden */
export async function auditFacets(ctx: Context): Promise<AuditFacets> {
  demand(ctx, "audit.read");
  const found = await ctx.db.$queryRaw<{ actor: string }[]>`
    WITH RECURSIVE names AS (
      (SELECT a."actor" FROM "AuditEntry" a ORDER BY a."actor" LIMIT 1)
      UNION ALL
      SELECT (SELECT a."actor" FROM "AuditEntry" a WHERE a."actor" > n."actor" ORDER BY a."actor" LIMIT 1) FROM names n WHERE n."actor" IS NOT NULL
    )
    SELECT "actor" FROM names WHERE "actor" IS NOT NULL LIMIT ${maxActors}`;
  return { actors: found.map(({ actor }) => actor) };
}
