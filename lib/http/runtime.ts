import type { PgBoss } from "pg-boss";
import { type Auth, createAuth } from "../auth/auth.ts";
import { type OidcSettings, oidcSettings } from "../auth/oidc/oidc-settings.ts";
import { createBoss, startBoss } from "../db/boss.ts";
import { createDb, type Db } from "../db/client.ts";
import { env } from "../env.ts";
import { messageOf } from "../errors.ts";
import { createStepQueues } from "../jobs/queues.ts";
import { log } from "../log.ts";

/** What a console process holds one of. */
export interface Runtime {
  db: Db;
  /** Started; a failed start is tried again by the next caller. */
  boss: () => Promise<PgBoss>;
  /** @param secure whether the browser speaks https: then the cookie is for https only */
  auth: (secure: boolean) => Auth;
  /** The same, for the requests by which people come from the OpenID provider; null where none is set. */
  oidcAuth: (secure: boolean) => Auth | null;
  oidc: OidcSettings | null;
}

/** Next loads the same module several times in one process, so the singletons live on the global object. */
const slot = globalThis as typeof globalThis & { longshoreRuntime?: Runtime };

export const runtime = (): Runtime => {
  slot.longshoreRuntime ??= createRuntime();
  return slot.longshoreRuntime;
};

function createRuntime(): Runtime {
  const { DATABASE_URL, LONGSHORE_SECRET, LONGSHORE_URL, LONGSHORE_PASSWORD_SIGN_IN } = env();
  const db = createDb(DATABASE_URL);
  const oidc = oidcSettings(env());
  const shared = { db, secret: LONGSHORE_SECRET, publicUrl: LONGSHORE_URL, oidc, passwords: LONGSHORE_PASSWORD_SIGN_IN === "on" };
  const auths = { plain: createAuth({ ...shared, secure: false }), secure: createAuth({ ...shared, secure: true }) };
  const oidcAuths = new Map<boolean, Auth>();
  let started: Promise<PgBoss> | undefined;
  return {
    db,
    auth: (secure) => (secure ? auths.secure : auths.plain),
    oidcAuth: (secure) => {
      if (oidc === null) return null;
      const made = oidcAuths.get(secure) ?? createAuth({ ...shared, secure, speaksOidc: true });
      oidcAuths.set(secure, made);
      return made;
    },
    oidc,
    boss: () => {
      started ??= startQueue(DATABASE_URL).catch((error: unknown) => {
        started = undefined;
        throw error;
      });
      return started;
    },
  };
}

async function startQueue(url: string): Promise<PgBoss> {
  const boss = createBoss(url);
  boss.on("error", (error) => log.warn({ reason: messageOf(error) }, "the queue's connection failed; it is tried again"));
  await startBoss(boss);
  // A console may be the first to run against a database: jobs wait there for the first worker.
  await createStepQueues(boss);
  return boss;
}
