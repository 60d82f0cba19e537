import { auditFacets } from "#lib/audit/list-audit.ts";
import { route } from "#lib/http/route.ts";

/** → AuditFacets */
export const GET = route(({ ctx }) => auditFacets(ctx));
