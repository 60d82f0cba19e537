import { setTimeout as sleep } from "node:timers/promises";
import { recordAudit } from "../audit/record-audit.ts";
import type { Db } from "../db/client.ts";
import { messageOf } from "../errors.ts";
import { log } from "../log.ts";
import { reseal } from "./reseal.ts";
import { formerSecrets, installationSecrets } from "./stored-secrets.ts";

const pauseMs = 10_000;

/** Before anything is written, since each secret is written by itself. */
const record = (db: Db): Promise<void> =>
  recordAudit(
    db,
    { caller: { userId: null, name: "Longshore", role: "admin" }, now: () => new Date() },
    { action: "secret.rotate", target: { type: "installation", id: null, name: null }, detail: "LONGSHORE_SECRET was changed" },
  );

/** While LONGSHORE_SECRET is being changed: seals anew what former secrets sealed, and says when those can go. Never throws. */
export async function resealAtStart(db: Db, pause = pauseMs): Promise<void> {
  if (formerSecrets().length === 0) return;
  for (;;) {
    try {
      const { resealed, unreadable } = await reseal(db, installationSecrets(), { begins: () => record(db) });
      if (unreadable.length > 0)
        log.warn(
          { unreadable },
          "stored secrets are under none of the secrets that are set: add the one they were stored with to LONGSHORE_SECRET_PREVIOUS, or enter them again",
        );
      else
        log.info(
          { resealed },
          "no stored secret needs a former LONGSHORE_SECRET any more. LONGSHORE_SECRET_PREVIOUS can be removed once every console and worker has the present secret, and receivers of webhooks theirs",
        );
      return;
    } catch (error) {
      log.warn({ reason: messageOf(error) }, "stored secrets could not be sealed anew; it is tried again");
      await sleep(pause, undefined, { ref: false });
    }
  }
}
