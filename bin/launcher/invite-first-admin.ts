import type { Db } from "#lib/db/client.ts";
import { rescueAdmin } from "#lib/people/rescue-admin.ts";

/**
 * For a console whose log others keep: a password in it would be good for as long as they keep it. Asked again, it makes another link in
 * the place of the one before.
 * @returns the path of a link that works once, for 24 hours; null when there is somebody already
 */
export async function inviteFirstAdmin(db: Db, email: string, now: () => Date): Promise<string | null> {
  if ((await db.user.count()) > 0) return null;
  return (await rescueAdmin({ db, now }, email)).path;
}
