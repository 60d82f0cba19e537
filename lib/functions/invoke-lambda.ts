import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { CallResult, Invocation } from "../operations/function-call.ts";
import { StepFailure, StepRetry } from "../operations/operation.ts";
import { noAnswer } from "./call-webhook.ts";
import { GuardedHttpError } from "./guarded-http.ts";
import { type Payload, payloadOf } from "./payload.ts";
import { plainText, readResults } from "./read-results.ts";

/** Loaded when a job first needs it: it is large, and most jobs do not. */
const loadSdk = () => import("@aws-sdk/client-lambda");

/** Invokes a Lambda function with tasks, and waits for its answer. @throws StepRetry, StepFailure */
export async function invokeLambda(client: LambdaClient, functionArn: string, invocation: Invocation): Promise<{ httpStatus: number; results: CallResult[] }> {
  const { InvokeCommand } = await loadSdk();
  const payload = payloadOf(invocation);
  const command = new InvokeCommand({ FunctionName: functionArn, InvocationType: "RequestResponse", Payload: Buffer.from(payload.text) });
  const output = await client.send(command).catch((error: unknown) => {
    throw invocationError(error);
  });
  return readInvocation(
    { httpStatus: output.StatusCode ?? 200, functionError: output.FunctionError, text: output.Payload?.transformToString() ?? "" },
    payload,
  );
}

/** @param answer `functionError`: the function itself failed, and `text` says how, in JSON of Lambda's own */
export function readInvocation(
  { httpStatus, functionError, text }: { httpStatus: number; functionError: string | undefined; text: string },
  payload: Payload,
): { httpStatus: number; results: CallResult[] } {
  // In the words of Amazon's own reports.
  if (functionError !== undefined) throw failure(httpStatus, "PermanentFailure", plainText(`Lambda returned function error: ${text}`));
  const read = readResults(text, payload);
  if ("results" in read) return { httpStatus, results: read.results };
  throw failure(httpStatus, "InvalidResponse", `${read.problem}. The documentation shows what a function has to return`);
}

interface SdkError extends Error {
  $metadata?: { httpStatusCode?: number };
  $fault?: unknown;
}

/** What Lambda says when a function is just being made, changed or woken. */
const passingNames = new Set(["ResourceConflictException", "SnapStartNotReadyException", "SnapStartTimeoutException", "EFSMountTimeoutException"]);
const awayStatuses = new Set([502, 503, 504]);

/** @returns StepRetry or StepFailure */
export function invocationError(error: unknown): Error {
  const { name, message, $metadata, $fault } = error as SdkError;
  const httpStatus = $metadata?.httpStatusCode ?? 0;
  if (error instanceof GuardedHttpError || httpStatus === 0) return noAnswer(error);
  const fromLambda = $fault !== undefined && name.endsWith("Exception");
  const code = fromLambda ? name : httpStatus >= 500 ? "FunctionUnavailable" : httpStatus === 429 ? "FunctionThrottled" : "RefusedByFunction";
  const words = fromLambda && message ? plainText(message) : `Lambda answered ${httpStatus}`;
  if (httpStatus === 408 || httpStatus === 429 || httpStatus >= 500 || passingNames.has(name))
    return new StepRetry({ away: awayStatuses.has(httpStatus) && !fromLambda, httpStatus, code, message: words });
  return failure(httpStatus, code, words);
}

const failure = (httpStatus: number, code: string, message: string) => new StepFailure({ kind: "failed", httpStatus, code, message });
