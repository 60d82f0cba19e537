import type { z } from "zod";
import { sealSecret } from "../auth/stored-secrets.ts";
import type { StoredRole } from "../sts/open-role.ts";
import type { roleUpdateSchema } from "./connection-schema.ts";
import { demandSecretForNewKey } from "./new-key.ts";

type Values = Pick<z.output<typeof roleUpdateSchema>, "accessKeyId" | "secretAccessKey" | "assumeRole">;

/** The keys that a stored role has, whatever it does with them; null: none of its own. */
export function keysOf(role: StoredRole): { accessKeyId: string; secretEncrypted: string } | null {
  if (role.assumedRoleArn === null) return { accessKeyId: role.accessKeyId, secretEncrypted: role.secretEncrypted };
  return role.stsAccessKeyId !== null && role.stsSecretEncrypted !== null
    ? { accessKeyId: role.stsAccessKeyId, secretEncrypted: role.stsSecretEncrypted }
    : null;
}

/**
 * A role as it is stored.
 * @param present the one that is changed: without a secret, its own stays
 * @throws AppError InvalidRequest for a new key without its secret
 */
export function roleColumns({ accessKeyId, secretAccessKey, assumeRole }: Values, present: StoredRole | null): StoredRole {
  const stored = present && keysOf(present);
  if (accessKeyId !== "") demandSecretForNewKey(stored?.accessKeyId ?? "", accessKeyId, secretAccessKey);
  const secretEncrypted = secretAccessKey === undefined ? (stored?.secretEncrypted ?? "") : sealSecret(secretAccessKey);
  const none = { assumedRoleArn: null, externalId: null, sessionSeconds: null, stsEndpoint: null, stsAccessKeyId: null, stsSecretEncrypted: null };
  if (assumeRole === null) return { ...none, accessKeyId, secretEncrypted };
  const own = accessKeyId !== "";
  return {
    accessKeyId: "",
    secretEncrypted: "",
    assumedRoleArn: assumeRole.roleArn,
    externalId: assumeRole.externalId,
    sessionSeconds: assumeRole.sessionSeconds,
    stsEndpoint: assumeRole.stsEndpoint,
    stsAccessKeyId: own ? accessKeyId : null,
    stsSecretEncrypted: own ? secretEncrypted : null,
  };
}
