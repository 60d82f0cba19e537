import { commandLine } from "../audit/audit-source.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Db } from "../db/client.ts";
import { engine } from "../jobs/context.ts";
import { createPerson, type NewPerson } from "./create-person.ts";

/**
 * Makes the first admin of an installation that has nobody yet; two processes that start at once make one.
 * @returns whether it was made: false when there is somebody already
 */
export async function ensureFirstAdmin(db: Db, admin: Omit<NewPerson, "role">): Promise<boolean> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('longshore first admin'))`;
    if ((await tx.user.count()) > 0) return false;
    const { userId } = await createPerson(tx, { ...admin, role: "admin" });
    const target = { type: "person", id: userId, name: admin.email } as const;
    const ctx = { caller: engine, source: commandLine, now: () => new Date() };
    await recordAudit(tx, ctx, { action: "person.create", target, after: { name: admin.name, role: "admin" }, detail: "The installation's first person" });
    return true;
  });
}
