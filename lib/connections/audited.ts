import type { Fields } from "../audit/changed-fields.ts";
import type { AuditTarget } from "../audit/record-audit.ts";
import type { Connection, ExecutionRole } from "../db/generated/client.ts";

export const connectionTarget = ({ id, name }: { id: string; name: string }): AuditTarget => ({ type: "connection", id, name });
export const roleTarget = ({ id, arn }: { id: string; arn: string }): AuditTarget => ({ type: "role", id, name: arn });

/** All that the audit trail compares of a connection: what a later version adds to it as well. Of the secret it tells only that it changed. */
export const connectionFields = ({ id: _id, createdAt: _createdAt, updatedAt: _updatedAt, secretEncrypted, ...fields }: Connection): Fields => ({
  ...fields,
  secretAccessKey: secretEncrypted,
});

/** The same of an execution role. */
export const roleFields = ({
  id: _id,
  createdAt: _createdAt,
  updatedAt: _updatedAt,
  connectionId: _connectionId,
  secretEncrypted,
  connection,
  passRestricted,
  passers,
  ...fields
}: ExecutionRole & { connection: { name: string }; passers: { user: { email: string } }[] }): Fields => ({
  ...fields,
  connection: connection.name,
  passers: passRestricted ? passers.map(({ user }) => user.email) : "whoever may create jobs",
  secretAccessKey: secretEncrypted,
});
