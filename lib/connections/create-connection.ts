import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { sealSecret } from "../auth/stored-secrets.ts";
import type { Context } from "../jobs/context.ts";
import { askProbeIn } from "../probe/ask-probe.ts";
import { connectionFields, connectionTarget } from "./audited.ts";
import { demandCertificates } from "./certificates.ts";
import { noConnection, orConflict } from "./conflicts.ts";
import { connectionSchema } from "./connection-schema.ts";
import type { ConnectionView } from "./connection-views.ts";
import { demandEndpoint } from "./demand-endpoint.ts";
import { demandRoom } from "./demand-room.ts";
import { toConnectionView, withRoles } from "./list-connections.ts";

/** The new connection is probed at once, by a worker. @throws AppError Forbidden, Conflict (the name is taken), InvalidRequest; ZodError */
export async function createConnection(ctx: Context, input: unknown): Promise<ConnectionView> {
  demand(ctx, "connection.write");
  const { secretAccessKey, ...values } = connectionSchema.parse(input);
  const caCertificate = demandCertificates(values.caCertificate, ctx.now());
  await demandRoom(ctx.db, "connection");
  await demandEndpoint(values.endpoint);
  if (values.lambdaEndpoint) await demandEndpoint(values.lambdaEndpoint, "lambdaEndpoint");
  const secretEncrypted = sealSecret(secretAccessKey);
  const row = await orConflict({ taken: nameTaken(values.name), missing: noConnection }, () =>
    ctx.db.$transaction(async (tx) => {
      const made = await tx.connection.create({ data: { ...values, caCertificate, secretEncrypted } });
      const { id } = made;
      await recordAudit(tx, ctx, { action: "connection.create", target: connectionTarget(made), after: connectionFields(made) });
      await askProbeIn(tx, ctx, { connectionId: id, by: ctx.caller.name });
      return tx.connection.findUniqueOrThrow({ where: { id }, include: withRoles });
    }),
  );
  return toConnectionView(row);
}

export const nameTaken = (name: string) => ({ path: "name", message: `Another connection is called “${name}”. Choose another name.` });
