import type { Fields } from "../audit/changed-fields.ts";
import type { Tx } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { deviceOf } from "./device-of.ts";

interface Ended {
  id: string;
  userAgent: string | null;
  ipAddress: string | null;
  lastSeenAt: Date | null;
  createdAt: Date;
  expiresAt: Date;
}

/**
 * Ends a person's sessions, in one statement: nothing else than what ended is told.
 * @param which one of them, or all but one; missing: all
 * @returns each as the audit trail has it, and as the person's own list had it: without its token
 */
export async function endSessions(tx: Pick<Tx, "$queryRaw">, userId: string, now: Date, which: { only?: string; except?: string } = {}): Promise<Fields[]> {
  const only = which.only === undefined ? Prisma.empty : Prisma.sql`AND id = ${which.only}`;
  const except = which.except === undefined ? Prisma.empty : Prisma.sql`AND id <> ${which.except}`;
  const ended = await tx.$queryRaw<Ended[]>`
    DELETE FROM "Session" WHERE "userId" = ${userId} ${only} ${except} RETURNING id, "userAgent", "ipAddress", "lastSeenAt", "createdAt", "expiresAt"`;
  // Those that had ended by themselves were in no list, and are only swept away.
  const open = ended.filter(({ expiresAt }) => expiresAt > now);
  return open.map(({ id, userAgent, ipAddress, lastSeenAt, createdAt }) => ({
    id,
    device: deviceOf(userAgent),
    address: ipAddress || null,
    lastSeenAt: lastSeenAt ?? createdAt,
  }));
}
