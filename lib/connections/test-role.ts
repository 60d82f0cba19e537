import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { open } from "../auth/secret-box.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { connectS3 } from "../s3/connect-s3.ts";
import { noConnection, noRole } from "./conflicts.ts";
import { roleTestSchema } from "./connection-schema.ts";
import type { Finding } from "./connection-views.ts";
import { demandEndpoint } from "./demand-endpoint.ts";
import { demandSecretForNewKey } from "./new-key.ts";
import { probeCredentials, probeEndpoint } from "./probe-endpoint.ts";

/**
 * Whether the store accepts a role's keys, saved or not. What the role may do is the store's to say, task by task.
 * @throws AppError Forbidden, NotFound, InvalidRequest; ZodError
 */
export async function testRole(ctx: Context, input: unknown): Promise<Finding[]> {
  demand(ctx, "connection.write");
  const values = roleTestSchema.parse(input);
  const connection = await ctx.db.connection.findUnique({ where: { id: values.connectionId } });
  if (!connection) throw new AppError("NotFound", noConnection);
  await demandEndpoint(connection.endpoint);
  const secretAccessKey = values.secretAccessKey ?? (await storedSecret(ctx, values));
  const target = { type: "role", id: values.roleId ?? null, name: values.arn || null } as const;
  await recordAudit(ctx.db, ctx, { action: "role.test", target, after: { connection: connection.name, accessKeyId: values.accessKeyId } });
  const findings = await probeEndpoint(connection);
  if (findings.some((finding) => finding.ok === "error")) return findings;
  const { endpoint, region, addressing, caCertificate } = connection;
  const s3 = connectS3({ endpoint, region, addressing, caCertificate, accessKeyId: values.accessKeyId, secretAccessKey });
  try {
    const credentials = await probeCredentials(s3);
    if (credentials.ok === "warning")
      credentials.message = "The store answers these keys, but they may not list the buckets; whether they are right shows with the first job.";
    return [...findings, credentials];
  } finally {
    s3.destroy();
  }
}

async function storedSecret(ctx: Context, values: { roleId?: string | undefined; accessKeyId: string }): Promise<string> {
  if (values.roleId === undefined) {
    const message = "Enter the secret access key";
    throw new AppError("InvalidRequest", message, [{ path: "secretAccessKey", message }]);
  }
  const stored = await ctx.db.executionRole.findUnique({ where: { id: values.roleId } });
  if (!stored) throw new AppError("NotFound", noRole);
  demandSecretForNewKey(stored.accessKeyId, values.accessKeyId, undefined);
  return open(stored.secretEncrypted, env().LONGSHORE_SECRET);
}
