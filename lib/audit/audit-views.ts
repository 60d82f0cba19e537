import type { AuditAction, AuditTargetType } from "./audit-actions.ts";
import type { AuditVia } from "./audit-source.ts";

/** What the JSON API shows of the audit trail. Times are ISO 8601 in UTC. */

export interface AuditEntryView {
  /** A number as text; later entries have larger ones. */
  id: string;
  at: string;
  actor: string;
  via: AuditVia;
  accessKeyId: string | null;
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  /** As text where a later version wrote it. */
  action: AuditAction | (string & {});
  target: { type: AuditTargetType | (string & {}); id: string | null; name: string | null };
  /** {field: value} of what changed. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  detail: string | null;
}

export interface AuditPage {
  /** The newest first. */
  entries: AuditEntryView[];
  /** For the page of those before; null on the last one. */
  next: string | null;
}

export interface AuditFacets {
  /** The first 200 names by which something was done, in the alphabet's order. */
  actors: string[];
}
