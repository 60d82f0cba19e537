import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { connectS3, type S3Target } from "../s3/connect-s3.ts";
import { openRole, type StoredRole } from "../sts/open-role.ts";
import { RoleRefused, RoleUnavailable } from "../sts/role-failures.ts";
import { noConnection, noRole } from "./conflicts.ts";
import { roleTestSchema } from "./connection-schema.ts";
import type { Finding } from "./connection-views.ts";
import { demandEndpoint } from "./demand-endpoint.ts";
import { probeCredentials, probeEndpoint } from "./probe-endpoint.ts";
import { roleColumns } from "./role-columns.ts";

/**
 * Whether the store accepts a role's keys, saved or not, and lets it be assumed where it is. What the role may do is the
 * store's to say, task by task.
 * @throws AppError Forbidden, NotFound, InvalidRequest; ZodError
 */
export async function testRole(ctx: Context, input: unknown): Promise<Finding[]> {
  demand(ctx, "connection.write");
  const values = roleTestSchema.parse(input);
  const connection = await ctx.db.connection.findUnique({ where: { id: values.connectionId } });
  if (!connection) throw new AppError("NotFound", noConnection);
  await demandEndpoint(connection.endpoint);
  if (values.assumeRole?.stsEndpoint) await demandEndpoint(values.assumeRole.stsEndpoint, "assumeRole.stsEndpoint");
  const role = roleColumns(values, await presentRole(ctx, values));
  const target = { type: "role", id: values.roleId ?? null, name: values.arn || null } as const;
  const { assumedRoleArn, stsEndpoint } = role;
  await recordAudit(ctx.db, ctx, {
    action: "role.test",
    target,
    after: { connection: connection.name, accessKeyId: values.accessKeyId, ...(assumedRoleArn !== null && { assumedRoleArn, stsEndpoint }) },
  });
  const findings = await probeEndpoint(connection);
  if (findings.some((finding) => finding.ok === "error")) return findings;
  const opened = await assume(() => openRole(role, connection, "longshore-test", ctx.now), role);
  if (opened.finding) findings.push(opened.finding);
  if (opened.target === null) return findings;
  const s3 = connectS3(opened.target);
  try {
    const credentials = await probeCredentials(s3);
    if (credentials.ok === "warning")
      credentials.message = "The store answers these keys, but they may not list the buckets; whether they are right shows with the first job.";
    return [...findings, credentials];
  } finally {
    s3.destroy();
  }
}

async function assume(open: () => Promise<S3Target>, { assumedRoleArn, sessionSeconds }: StoredRole): Promise<{ target: S3Target | null; finding?: Finding }> {
  try {
    const target = await open();
    if (assumedRoleArn === null) return { target };
    const message = `STS gives keys of the role for ${sessionSeconds?.toLocaleString("en")} seconds; jobs get others before those end.`;
    return { target, finding: { check: "role", ok: "ok", message } };
  } catch (error) {
    if (!(error instanceof RoleRefused || error instanceof RoleUnavailable)) throw error;
    return { target: null, finding: { check: "role", ok: "error", message: error.message } };
  }
}

/** Whose stored secret stands in for an empty one. */
async function presentRole(
  ctx: Context,
  { roleId, accessKeyId, secretAccessKey }: { roleId?: string | undefined; accessKeyId: string; secretAccessKey?: string | undefined },
) {
  if (accessKeyId === "" || secretAccessKey !== undefined) return null;
  if (roleId === undefined) {
    const message = "Enter the secret access key";
    throw new AppError("InvalidRequest", message, [{ path: "secretAccessKey", message }]);
  }
  const stored = await ctx.db.executionRole.findUnique({ where: { id: roleId } });
  if (!stored) throw new AppError("NotFound", noRole);
  return stored;
}
