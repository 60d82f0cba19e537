import type { AuditTarget } from "../audit/record-audit.ts";

/** A job as the audit trail names it. */
export const jobTarget = ({ id, description }: { id: string; description: string }): AuditTarget => ({ type: "job", id, name: description || null });
