import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";

/** The account of stored jobs and roles. */
export const accountId = "123456789012";

/** An execution role on a connection that leads nowhere. @returns its id */
export async function storeRole(db: Db, arn = `arn:aws:iam::${accountId}:role/r`): Promise<string> {
  const keys = { accessKeyId: "k", secretEncrypted: "s" };
  const connection = { name: randomUUID(), endpoint: "http://127.0.0.1:1", region: "r", workBucket: "w", ...keys };
  return (await db.executionRole.create({ data: { arn, ...keys, connection: { create: connection } } })).id;
}

/** A job as the database holds it, for tests of what happens to it there: its definition is empty, unless `more` has one. @returns its id */
export async function storeJob(db: Db, roleId: string, more: Partial<Prisma.JobUncheckedCreateInput> = {}): Promise<string> {
  const data = { operation: "S3PutObjectTagging", definition: {}, definitionDigest: "x", priority: 1, confirmationRequired: false };
  return (await db.job.create({ data: { accountId, ...data, clientRequestToken: randomUUID(), roleId, ...more } })).id;
}
