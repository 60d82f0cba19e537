import { listAudit } from "#lib/audit/list-audit.ts";
import { route } from "#lib/http/route.ts";

/** The filters of lib/audit/audit-filters.ts, `after&size` → AuditPage */
export const GET = route(({ ctx, url }) => listAudit(ctx, Object.fromEntries(url.searchParams)));
