import { verifyPassword } from "better-auth/crypto";
import { commandLine } from "#lib/audit/audit-source.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { open, seal } from "#lib/auth/secret-box.ts";
import { ensureFirstAdmin } from "#lib/auth/seed-admin.ts";
import { connectionFields, connectionTarget, roleFields, roleTarget } from "#lib/connections/audited.ts";
import { forRoleView } from "#lib/connections/list-roles.ts";
import { createBoss, startBoss } from "#lib/db/boss.ts";
import type { Db, Tx } from "#lib/db/client.ts";
import type { Connection, Prisma } from "#lib/db/generated/client.ts";
import { engine } from "#lib/jobs/context.ts";
import { createStepQueues } from "#lib/jobs/queues.ts";
import { askProbeIn } from "#lib/probe/ask-probe.ts";
import type { Identity, KeyPair } from "./identity.ts";

export const SANDBOX_REGION = "us-east-1";
const CONNECTION = "Sandbox";
const WORK_BUCKET = "longshore-work";

/** As what the first admin is made by. */
const ctx = { caller: engine, source: commandLine, now: () => new Date() };

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
  const revoked = await db.$transaction(async (tx) => {
    const known = await tx.accessKey.findUnique({ where: { id } });
    if (known) return known.revokedAt !== null;
    const { name } = await tx.accessKey.create({ data: { id, name: "npm start", userId: owner.id, secretEncrypted: seal(secretAccessKey, secret) } });
    await recordAudit(tx, ctx, { action: "access-key.create", target: { type: "access key", id, name }, after: { name, owner: admin.email } });
    return false;
  });
  return revoked ? null : { id, secret: secretAccessKey };
}

/** The sandbox as a connection with an execution role. Made once; afterwards only the address follows the sandbox's port. */
export async function seedSandbox(db: Db, url: string, endpoint: string, identity: Identity, secret: string): Promise<void> {
  const { console: own, role } = identity.sandbox;
  const where = { arn: identity.roleArn };
  const made = await db.$transaction(async (tx) => {
    const known = await tx.executionRole.findUnique({ where, include: forRoleView });
    if (!known) {
      const values = { name: CONNECTION, endpoint, region: SANDBOX_REGION, workBucket: WORK_BUCKET, ...sealed(own, secret) };
      const present = await tx.connection.findUnique({ where: { name: CONNECTION } });
      const connection = present ? await updateConnection(tx, present, values) : await createConnection(tx, values);
      await createRole(tx, { ...where, connectionId: connection.id, ...sealed(role, secret) });
      return connection;
    }
    const connection = await tx.connection.findUniqueOrThrow({ where: { id: known.connectionId } });
    if (connection.accessKeyId !== own.accessKeyId) return null;
    const readable = opens(connection.secretEncrypted, secret);
    if (connection.endpoint !== endpoint || !readable) await updateConnection(tx, connection, { endpoint, ...(!readable && sealed(own, secret)) });
    if (!opens(known.secretEncrypted, secret)) {
      const after = await tx.executionRole.update({ where, data: sealed(role, secret), include: forRoleView });
      await recordAudit(tx, ctx, { action: "role.update", target: roleTarget(after), before: roleFields(known), after: roleFields(after) });
    }
    return null;
  });
  if (made) await askProbeOf(db, url, made.id);
}

async function createConnection(tx: Tx, data: Prisma.ConnectionCreateInput): Promise<Connection> {
  const made = await tx.connection.create({ data });
  await recordAudit(tx, ctx, { action: "connection.create", target: connectionTarget(made), after: connectionFields(made) });
  return made;
}

async function updateConnection(tx: Tx, before: Connection, data: Prisma.ConnectionUpdateInput): Promise<Connection> {
  const after = await tx.connection.update({ where: { id: before.id }, data });
  await recordAudit(tx, ctx, {
    action: "connection.update",
    target: connectionTarget(after),
    before: connectionFields(before),
    after: connectionFields(after),
  });
  return after;
}

async function createRole(tx: Tx, data: Prisma.ExecutionRoleUncheckedCreateInput): Promise<void> {
  const made = await tx.executionRole.create({ data, include: forRoleView });
  await recordAudit(tx, ctx, { action: "role.create", target: roleTarget(made), after: roleFields(made) });
}

/** As a connection that somebody makes is probed: by the first worker. */
async function askProbeOf(db: Db, url: string, connectionId: string): Promise<void> {
  const boss = createBoss(url);
  boss.on("error", () => undefined);
  try {
    await startBoss(boss);
    await createStepQueues(boss);
    await db.$transaction((tx) => askProbeIn(tx, { boss, now: ctx.now }, { connectionId, by: engine.name }));
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
