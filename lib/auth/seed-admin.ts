import type { Db } from "../db/client.ts";
import { createPerson, type NewPerson } from "./create-person.ts";

/**
 * Makes the first admin of an installation that has nobody yet; two processes that start at once make one.
 * @returns whether it was made: false when there is somebody already
 */
export async function ensureFirstAdmin(db: Db, admin: Omit<NewPerson, "role">): Promise<boolean> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('longshore first admin'))`;
    if ((await tx.user.count()) > 0) return false;
    await createPerson(tx, { ...admin, role: "admin" });
    return true;
  });
}
