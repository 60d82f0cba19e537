import type { LambdaClient, LambdaClientConfig } from "@aws-sdk/client-lambda";
import { mostTasks } from "../operations/user-arguments.ts";
import { type S3Target, sdkCredentials } from "../s3/connect-s3.ts";
import { keepKeys, keepKeysPlace } from "../s3/keep-keys.ts";
import type { GuardedHttp } from "./guarded-http.ts";
import { lambdaTimeoutMs, maxAnswerBytes } from "./limits.ts";

/** The SDK's request, with what is used of it here. */
interface SdkRequest {
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/** The region that a function's ARN names; null for a shorter name without one. */
export const regionOf = (functionArn: string): string | null => /(?:^|:)([a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d)(?::|$)/.exec(functionArn)?.[1] ?? null;

/** A client of AWS Lambda, or of what speaks as it does, that goes by connections of `http` alone. It does not try again by itself. */
export async function connectLambda(target: S3Target, lambdaEndpoint: string | null, region: string, http: GuardedHttp): Promise<LambdaClient> {
  const sdk = await import("@aws-sdk/client-lambda");
  const client = new sdk.LambdaClient({
    region,
    ...(lambdaEndpoint !== null && { endpoint: lambdaEndpoint }),
    credentials: sdkCredentials(target),
    maxAttempts: 1,
    requestHandler: handlerOver(http),
  });
  if (target.session) client.middlewareStack.add(keepKeys(target.session), keepKeysPlace);
  return client;
}

const handlerOver = (http: GuardedHttp): NonNullable<LambdaClientConfig["requestHandler"]> => ({
  metadata: { handlerProtocol: "http/1.1" },
  async handle(request: SdkRequest) {
    const port = request.port === undefined ? "" : `:${request.port}`;
    const { httpStatus, headers, body } = await http.send({
      url: `${request.protocol}//${request.hostname}${port}${request.path}`,
      method: "POST",
      headers: request.headers,
      ...(request.body !== undefined && { body: request.body }),
      // The function's own time, and the way there and back.
      timeoutMs: lambdaTimeoutMs + 30_000,
      maxBytes: maxAnswerBytes(mostTasks),
    });
    return { response: { statusCode: httpStatus, headers, body: new Uint8Array(body) } };
  },
});
