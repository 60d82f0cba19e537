import { env } from "../env.ts";
import { hasLambda } from "../functions/has-lambda.ts";
import { mayCall } from "../functions/webhook-url.ts";
import { type JobOperation, operationOf } from "../operations/registry.ts";

/** Why an operation cannot run on a connection, as far as its settings tell; null where it can. The path is the request's. */
export function refusalOf(
  jobOperation: JobOperation,
  connection: { name: string; endpoint: string; lambdaEndpoint: string | null },
): { path: string; message: string } | null {
  const { operation, params } = operationOf(jobOperation);
  const refusal = operation.refusal?.(params, {
    connectionName: connection.name,
    hasLambda: hasLambda(connection),
    mayCall: (url) => mayCall(url, env().LONGSHORE_WEBHOOK_HOSTS ?? null),
  });
  return refusal ? { path: `Operation.${operation.name}.${refusal.path}`, message: refusal.message } : null;
}
