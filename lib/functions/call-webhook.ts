import type { CallResult, Invocation } from "../operations/function-call.ts";
import { StepFailure, StepRetry } from "../operations/operation.ts";
import { classifyNoAnswer } from "../s3/classify-response.ts";
import { type GuardedAnswer, type GuardedHttp, GuardedHttpError } from "./guarded-http.ts";
import { maxAnswerBytes } from "./limits.ts";
import { type Payload, payloadOf } from "./payload.ts";
import { readResults } from "./read-results.ts";
import { signatureHeaders } from "./webhook-signature.ts";

interface WebhookCall {
  http: GuardedHttp;
  url: string;
  timeoutMs: number;
  /** The present one, and former ones while they change. */
  secret: string | readonly string[];
  /** ms */
  now: number;
}

/** POSTs tasks to a receiver. @throws StepRetry, StepFailure */
export async function callWebhook(
  { http, url, timeoutMs, secret, now }: WebhookCall,
  invocation: Invocation,
): Promise<{ httpStatus: number; results: CallResult[] }> {
  const payload = payloadOf(invocation);
  const headers = {
    "content-type": "application/json",
    accept: "application/json",
    "user-agent": "Longshore",
    ...signatureHeaders(payload.invocationId, payload.text, secret, now),
  };
  const maxBytes = maxAnswerBytes(invocation.tasks.length);
  const answer = await http.send({ url, method: "POST", headers, body: payload.text, timeoutMs, maxBytes }).catch((error: unknown) => {
    throw noAnswer(error);
  });
  return readAnswer(answer, payload);
}

/** Passing trouble, whoever has it. */
const passingStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);
/** What a proxy says for a receiver that is not there. */
export const awayStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

/** The body of a refusal is kept out of reports: a webhook must not be a way to read what answers inside of a network. */
export function readAnswer({ httpStatus, headers, body }: GuardedAnswer, payload: Payload): { httpStatus: number; results: CallResult[] } {
  if (httpStatus >= 200 && httpStatus < 300) {
    const text = body.toString("utf8");
    const read = readResults(text, payload);
    if ("results" in read) return { httpStatus, results: read.results };
    // A page that stands in for the receiver, while that is worked upon.
    if (/^\s*<(!doctype|html)/i.test(text)) throw retry(false, httpStatus, "UnexpectedResponse", "The receiver answered with a web page");
    throw failure(httpStatus, "InvalidResponse", `${read.problem}. The documentation shows what a receiver has to answer`);
  }
  if (passingStatuses.has(httpStatus)) {
    throw retry(
      awayStatuses.has(httpStatus),
      httpStatus,
      httpStatus === 429 ? "FunctionThrottled" : "FunctionUnavailable",
      `The receiver answered ${httpStatus}`,
    );
  }
  if (httpStatus >= 300 && httpStatus < 400) {
    const where = headers.location === undefined ? "" : " to another address";
    throw failure(httpStatus, "RedirectNotFollowed", `The receiver redirects${where}, which is not followed: give the job the address that answers itself`);
  }
  throw failure(httpStatus, "RefusedByFunction", `The receiver answered ${httpStatus}`);
}

/** @returns StepRetry or StepFailure */
export function noAnswer(error: unknown): Error {
  if (error instanceof GuardedHttpError) {
    const { code, message } = error;
    // It answers nothing in time for these tasks; whether it does for others says nothing about them.
    return code === "InvocationTimeout" ? retry(false, 0, code, message) : failure(0, code, message);
  }
  if (error instanceof Error && error.name === "HTTPParserError") return retry(false, 0, "MalformedResponse", "The answer is not HTTP");
  const verdict = classifyNoAnswer(error);
  if (verdict.kind === "retry") return retry(verdict.away, 0, "FunctionUnreachable", verdict.message.replace("endpoint", "function"));
  return failure(0, "FunctionUnreachable", "message" in verdict ? verdict.message : "No answer from the function");
}

const retry = (away: boolean, httpStatus: number, code: string, message: string) => new StepRetry({ away, httpStatus, code, message });
const failure = (httpStatus: number, code: string, message: string) => new StepFailure({ kind: "failed", httpStatus, code, message });
