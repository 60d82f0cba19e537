import { openSecret } from "../auth/stored-secrets.ts";
import type { Connection, ExecutionRole } from "../db/generated/client.ts";
import { createGuardedHttp } from "../functions/guarded-http.ts";
import { certificatesOf } from "../s3/certificates.ts";
import type { S3Target } from "../s3/connect-s3.ts";
import { targetOf } from "../s3/connection-client.ts";
import { isAmazon } from "../s3/is-amazon.ts";
import { openRoleSession, type SessionKeys } from "../s3/role-session.ts";
import { type AssumeRole, assumeRole } from "./assume-role.ts";
import { RoleRefused } from "./role-failures.ts";

/** All that says how a role comes to its keys. */
export type StoredRole = Pick<
  ExecutionRole,
  "accessKeyId" | "secretEncrypted" | "assumedRoleArn" | "externalId" | "sessionSeconds" | "stsEndpoint" | "stsAccessKeyId" | "stsSecretEncrypted"
>;
type Stored = Pick<Connection, "endpoint" | "region" | "addressing" | "caCertificate" | "accessKeyId" | "secretEncrypted">;

/**
 * Where to connect with an execution role's keys, and how long they last: the one place that knows how a role comes to its keys.
 * @param sessionName what STS and the store's logs call it
 * @param now of the sessions' ends
 * @throws RoleRefused, RoleUnavailable for a role that is assumed
 */
export async function openRole(role: StoredRole, connection: Stored, sessionName: string, now: () => Date): Promise<S3Target> {
  if (role.assumedRoleArn === null) return targetOf(connection, role);
  const asked = askedOf(role, connection, sessionName);
  const assume = () => askSts(asked, connection, now);
  const session = await openRoleSession(
    assume,
    () => now().getTime(),
    (error) => error instanceof RoleRefused,
  );
  const { endpoint, region, addressing, caCertificate } = connection;
  return { endpoint, region, addressing, caCertificate, ...session.keys, session };
}

/** Once in a while: no connection is kept. */
async function askSts(asked: AssumeRole, connection: Stored, now: () => Date): Promise<SessionKeys> {
  const http = createGuardedHttp(certificatesOf(connection).ca);
  try {
    return await assumeRole(http, asked, () => now().getTime());
  } finally {
    http.close();
  }
}

export const defaultSessionSeconds = 3_600;

function askedOf(role: StoredRole, connection: Stored, sessionName: string): AssumeRole {
  const own = role.stsAccessKeyId !== null && role.stsSecretEncrypted !== null;
  const keys = own ? { accessKeyId: role.stsAccessKeyId as string, secretEncrypted: role.stsSecretEncrypted as string } : connection;
  return {
    endpoint: role.stsEndpoint ?? usualSts(connection),
    region: connection.region,
    credentials: { accessKeyId: keys.accessKeyId, secretAccessKey: openSecret(keys.secretEncrypted) },
    roleArn: role.assumedRoleArn as string,
    externalId: role.externalId,
    sessionSeconds: role.sessionSeconds ?? defaultSessionSeconds,
    sessionName,
  };
}

/** Amazon's own of the region; MinIO, Ceph and their like serve STS where they serve S3. */
export function usualSts({ endpoint, region }: Pick<Connection, "endpoint" | "region">): string {
  if (!isAmazon(endpoint)) return endpoint;
  return `https://sts.${region}.amazonaws.com${new URL(endpoint).hostname.endsWith(".cn") ? ".cn" : ""}`;
}

/** Of a job's session: 2 to 64 characters, told in the store's logs. */
export const sessionNameOf = (jobId: string): string => `longshore-${jobId.slice(0, 8)}`;
