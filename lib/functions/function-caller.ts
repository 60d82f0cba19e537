import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { FunctionCall, FunctionCaller } from "../operations/function-call.ts";
import { StepFailure } from "../operations/operation.ts";
import { certificatesOf } from "../s3/certificates.ts";
import type { S3Target } from "../s3/connect-s3.ts";
import { awayStatuses, callWebhook } from "./call-webhook.ts";
import { connectLambda, regionOf } from "./connect-lambda.ts";
import { createGuardedHttp, type GuardedHttp } from "./guarded-http.ts";
import { hasLambda } from "./has-lambda.ts";
import { invokeLambda } from "./invoke-lambda.ts";
import { webhookSecret } from "./webhook-signature.ts";
import { mayCall } from "./webhook-url.ts";

export interface FunctionSettings {
  /** Whose keys Lambda is called with. */
  target: S3Target;
  lambdaEndpoint: string | null;
  /** LONGSHORE_SECRET, and former ones while it changes. */
  installationSecrets: readonly string[];
  /** See mayCall. */
  webhookHosts: readonly string[] | null;
  now(): Date;
}

/** Connections are made when something is called: most jobs call nothing. */
export function createFunctionCaller({ target, lambdaEndpoint, installationSecrets, webhookHosts, now }: FunctionSettings): FunctionCaller {
  /** Each with what it trusts: a private authority of the connection's is for Lambda's endpoint beside it, and for no webhook. */
  let [toWebhooks, toLambda]: (GuardedHttp | null)[] = [null, null];
  const lambdas = new Map<string, Promise<LambdaClient>>();
  const webhooks = () => (toWebhooks ??= createGuardedHttp());
  const lambda = () => (toLambda ??= createGuardedHttp(certificatesOf(target).ca));

  const demandAllowed = (call: FunctionCall): void => {
    const problem =
      call.kind === "webhook" ? mayCall(call.url, webhookHosts) : hasLambda({ ...target, lambdaEndpoint }) ? null : "The connection has no Lambda endpoint";
    if (problem) throw new StepFailure({ kind: "failed", httpStatus: 0, code: "FunctionNotAllowed", message: problem });
  };
  const clientFor = (functionArn: string): Promise<LambdaClient> => {
    const region = regionOf(functionArn) ?? target.region;
    const client = lambdas.get(region) ?? connectLambda(target, lambdaEndpoint, region, lambda());
    lambdas.set(region, client);
    return client;
  };

  return {
    async invoke(call, invocation) {
      demandAllowed(call);
      if (call.kind === "lambda") return invokeLambda(await clientFor(call.functionArn), call.functionArn, invocation);
      const secret = installationSecrets.map((one) => webhookSecret(call.url, one));
      return callWebhook({ http: webhooks(), url: call.url, timeoutMs: call.timeoutSeconds * 1000, secret, now: now().getTime() }, invocation);
    },
    async answers(call) {
      demandAllowed(call);
      const asked = { method: "HEAD", headers: {}, timeoutMs: 10_000, maxBytes: 0 } as const;
      try {
        const url = call.kind === "webhook" ? call.url : await originOf(await clientFor(call.functionArn));
        const { httpStatus } = await (call.kind === "webhook" ? webhooks() : lambda()).send({ ...asked, url });
        return !awayStatuses.has(httpStatus);
      } catch {
        return false;
      }
    },
    close() {
      toWebhooks?.close();
      toLambda?.close();
      for (const client of lambdas.values()) void client.then((open) => open.destroy()).catch(() => undefined);
    },
  };
}

/** Where the client goes, found out by itself where no endpoint was given. */
async function originOf({ config }: LambdaClient): Promise<string> {
  const given = await config.endpoint?.();
  if (given) return `${given.protocol}//${given.hostname}${given.port ? `:${given.port}` : ""}/`;
  const { url } = config.endpointProvider({ Region: await config.region() });
  return url.href;
}
