import type { Db } from "../db/client.ts";
import { messageOf } from "../errors.ts";
import type { Caller } from "../jobs/context.ts";
import { log } from "../log.ts";

const interval = 60_000;

/** Notes when a person and their session were last seen, to the minute. Never fails: what they asked for matters more than the note. */
export async function recordSeen(db: Db, { userId, session }: Caller, now: Date): Promise<void> {
  if (!session || userId === null) return;
  const before = new Date(now.getTime() - interval);
  if (session.lastSeenAt && session.lastSeenAt > before) return;
  try {
    const late = { OR: [{ lastSeenAt: null }, { lastSeenAt: { lte: before } }] };
    await db.session.updateMany({ where: { id: session.id, ...late }, data: { lastSeenAt: now } });
    await db.user.updateMany({ where: { id: userId, ...late }, data: { lastSeenAt: now } });
  } catch (error) {
    log.warn({ userId, reason: messageOf(error) }, "when a person was last seen was not recorded");
  }
}
