import { verifyPassword } from "better-auth/crypto";
import { open, seal } from "#lib/auth/secret-box.ts";
import { ensureFirstAdmin } from "#lib/auth/seed-admin.ts";
import { createBoss, startBoss } from "#lib/db/boss.ts";
import type { Db } from "#lib/db/client.ts";
import { createStepQueues } from "#lib/jobs/queues.ts";
import { askProbeIn } from "#lib/probe/ask-probe.ts";
import type { Identity, KeyPair } from "./identity.ts";

export const SANDBOX_REGION = "us-east-1";
const CONNECTION = "Sandbox";
const WORK_BUCKET = "longshore-work";

/**
 * Makes the first admin of an installation that has nobody yet.
 * @returns the password, or null when it is not the generated one (any more)
 */
export async function seedAdmin(db: Db, { email, password }: Identity["admin"]): Promise<string | null> {
  if (await ensureFirstAdmin(db, { email, password, name: "Administrator" })) return password;
  const account = await db.account.findFirst({ where: { providerId: "credential", user: { email } }, select: { password: true } });
  const unchanged = account?.password ? await verifyPassword({ hash: account.password, password }) : false;
  return unchanged ? password : null;
}

/**
 * The first admin's access key for the S3 Control API, made with the admin, so that scripts can begin.
 * @returns null when it was revoked, or the admin is not there any more
 */
export async function seedAccessKey(db: Db, { admin, accessKey }: Identity, secret: string): Promise<{ id: string; secret: string } | null> {
  const { accessKeyId: id, secretAccessKey } = accessKey;
  const owner = await db.user.findUnique({ where: { email: admin.email }, select: { id: true } });
  if (!owner) return null;
  const known = await db.accessKey.findUnique({ where: { id } });
  if (known?.revokedAt) return null;
  const secretEncrypted = seal(secretAccessKey, secret);
  if (!known) await db.accessKey.create({ data: { id, name: "npm start", userId: owner.id, secretEncrypted } });
  return { id, secret: secretAccessKey };
}

/** The sandbox as a connection with an execution role. Made once; afterwards only the address follows the sandbox's port. */
export async function seedSandbox(db: Db, url: string, endpoint: string, identity: Identity, secret: string): Promise<void> {
  const { console: own, role } = identity.sandbox;
  const where = { arn: identity.roleArn };
  const known = await db.executionRole.findUnique({ where, include: { connection: true } });
  if (!known) {
    const data = { name: CONNECTION, endpoint, region: SANDBOX_REGION, workBucket: WORK_BUCKET, ...sealed(own, secret) };
    const connection = await db.connection.upsert({ where: { name: CONNECTION }, create: data, update: data });
    await db.executionRole.create({ data: { ...where, connectionId: connection.id, ...sealed(role, secret) } });
    await askProbeOf(db, url, connection.id);
    return;
  }
  const { connection } = known;
  if (connection.accessKeyId !== own.accessKeyId) return;
  if (connection.endpoint !== endpoint || !opens(connection.secretEncrypted, secret)) {
    await db.connection.update({ where: { id: connection.id }, data: { endpoint, ...sealed(own, secret) } });
    await db.executionRole.update({ where, data: sealed(role, secret) });
  }
}

/** As a connection that somebody makes is probed: by the first worker. */
async function askProbeOf(db: Db, url: string, connectionId: string): Promise<void> {
  const boss = createBoss(url);
  boss.on("error", () => undefined);
  try {
    await startBoss(boss);
    await createStepQueues(boss);
    await db.$transaction((tx) => askProbeIn(tx, { boss, now: () => new Date() }, { connectionId, by: "Longshore" }));
  } finally {
    await boss.stop({ graceful: false });
  }
}

const sealed = (keys: KeyPair, secret: string) => ({ accessKeyId: keys.accessKeyId, secretEncrypted: seal(keys.secretAccessKey, secret) });

function opens(text: string, secret: string): boolean {
  try {
    open(text, secret);
    return true;
  } catch {
    return false;
  }
}
