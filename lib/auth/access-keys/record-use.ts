import type { Db } from "../../db/client.ts";
import { messageOf } from "../../errors.ts";
import { log } from "../../log.ts";

const interval = 60_000;

/**
 * Notes when a key was last used, to the minute: a client that polls must not write with every request.
 * Never fails: what the key was used for matters more than the note.
 */
export async function recordUse(db: Db, { id, lastUsedAt }: { id: string; lastUsedAt: Date | null }, now: Date): Promise<void> {
  const before = new Date(now.getTime() - interval);
  if (lastUsedAt && lastUsedAt > before) return;
  try {
    await db.accessKey.updateMany({ where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: before } }] }, data: { lastUsedAt: now } });
  } catch (error) {
    log.warn({ accessKeyId: id, reason: messageOf(error) }, "the last use of an access key was not recorded");
  }
}
