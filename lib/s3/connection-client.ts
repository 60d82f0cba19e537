import type { S3Client } from "@aws-sdk/client-s3";
import { openSecret } from "../auth/stored-secrets.ts";
import type { Db } from "../db/client.ts";
import type { Connection, ExecutionRole } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import { connectS3, type S3Target } from "./connect-s3.ts";

type Stored = Pick<Connection, "endpoint" | "region" | "addressing" | "caCertificate">;
type Keys = Pick<ExecutionRole, "accessKeyId" | "secretEncrypted">;

/** Where to connect and with whose keys: those of the connection itself, or of an execution role on it. */
export const targetOf = (connection: Stored, keys: Keys): S3Target => ({
  endpoint: connection.endpoint,
  region: connection.region,
  addressing: connection.addressing,
  caCertificate: connection.caCertificate,
  accessKeyId: keys.accessKeyId,
  secretAccessKey: openSecret(keys.secretEncrypted),
});

/**
 * A client with the connection's own keys, for browsing and the work area.
 * @throws AppError NotFound
 */
export async function clientForConnection(ctx: { db: Db }, connectionId: string): Promise<{ s3: S3Client; connection: Connection }> {
  const connection = await ctx.db.connection.findUnique({ where: { id: connectionId } });
  if (!connection) throw new AppError("NotFound", "There is no such connection. It may have been deleted: choose another one.");
  return { s3: connectS3(targetOf(connection, connection)), connection };
}
