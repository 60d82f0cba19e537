import type { Db } from "../db/client.ts";

/** Longer than any delivery is tried; long enough to see how a webhook fared. */
const keptMs = 14 * 24 * 3600 * 1000;

/** Forgets what was told long ago. @returns how many */
export async function forgetOldNotifications({ db, now }: { db: Db; now: () => Date }): Promise<number> {
  const { count } = await db.notification.deleteMany({ where: { at: { lt: new Date(now().getTime() - keptMs) } } });
  return count;
}
