import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { sealSecret } from "../auth/stored-secrets.ts";
import type { Tx } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { hasLambda } from "../functions/has-lambda.ts";
import type { Context } from "../jobs/context.ts";
import { askProbeIn } from "../probe/ask-probe.ts";
import { connectionFields, connectionTarget } from "./audited.ts";
import { demandCertificates } from "./certificates.ts";
import { noConnection, orConflict } from "./conflicts.ts";
import { connectionUpdateSchema } from "./connection-schema.ts";
import type { ConnectionView } from "./connection-views.ts";
import { nameTaken } from "./create-connection.ts";
import { demandEndpoint } from "./demand-endpoint.ts";
import { toConnectionView, withRoles } from "./list-connections.ts";
import { demandSecretForNewKey } from "./new-key.ts";
import { readId } from "./read-id.ts";
import { demandNoUnfinishedJobs } from "./unfinished-jobs.ts";

const place = ["endpoint", "region", "addressing", "workBucket", "workPrefix"] as const;

/** Whether functions that unfinished jobs invoke would be invoked elsewhere; where there was no place to, no job invokes any. */
const movesLambda = (
  { lambdaEndpoint }: { lambdaEndpoint?: string | null | undefined },
  present: { endpoint: string; lambdaEndpoint: string | null },
): boolean => lambdaEndpoint !== undefined && lambdaEndpoint !== present.lambdaEndpoint && hasLambda(present);

/** As it is now, and nobody else changes it before this transaction has: what the audit trail calls "before". */
async function lockedConnection(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT 1 FROM "Connection" WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.connection.findUniqueOrThrow({ where: { id } });
}

/**
 * Takes all values; without a secret the stored one stays, and so do certificates and limits that are not given. What changes what the
 * probe may find has it probed anew.
 * @throws AppError Forbidden, NotFound, Conflict (name taken, or unfinished jobs work there), InvalidRequest; ZodError
 */
export async function updateConnection(ctx: Context, connectionId: unknown, input: unknown): Promise<ConnectionView> {
  demand(ctx, "connection.write");
  const id = readId(connectionId, noConnection);
  const { secretAccessKey, ...values } = connectionUpdateSchema.parse(input);
  const caCertificate = demandCertificates(values.caCertificate, ctx.now());
  const present = await ctx.db.connection.findUnique({ where: { id } });
  if (!present) throw new AppError("NotFound", noConnection);
  if (values.endpoint !== present.endpoint) await demandEndpoint(values.endpoint);
  if (values.lambdaEndpoint && values.lambdaEndpoint !== present.lambdaEndpoint) await demandEndpoint(values.lambdaEndpoint, "lambdaEndpoint");
  const secret = secretAccessKey === undefined ? {} : { secretEncrypted: sealSecret(secretAccessKey) };
  const row = await orConflict({ taken: nameTaken(values.name), missing: noConnection }, () =>
    ctx.db.$transaction(async (tx) => {
      const moves = place.some((field) => values[field] !== present[field]);
      if (moves || movesLambda(values, present)) await demandNoUnfinishedJobs(tx, { connectionId: id }, "the endpoint and the work area");
      const before = await lockedConnection(tx, id);
      demandSecretForNewKey(before.accessKeyId, values.accessKeyId, secretAccessKey);
      const after = await tx.connection.update({ where: { id }, data: { ...values, ...secret, caCertificate } });
      await recordAudit(tx, ctx, {
        action: "connection.update",
        target: connectionTarget(after),
        before: connectionFields(before),
        after: connectionFields(after),
      });
      // Another place is another store; with other keys, or trust in another authority, what could not be tried may be.
      const opens = secretAccessKey !== undefined || (caCertificate !== undefined && caCertificate !== present.caCertificate);
      if (moves || opens) await askProbeIn(tx, ctx, { connectionId: id, by: ctx.caller.name, anew: moves });
      return tx.connection.findUniqueOrThrow({ where: { id }, include: withRoles });
    }),
  );
  return toConnectionView(row);
}
