import { XMLParser } from "fast-xml-parser";
import { messageOf } from "../errors.ts";
import { scrub } from "../scrub.ts";
import { MalformedAnswer } from "./answer-reader.ts";
import { passingCode } from "./network-codes.ts";
import { s3Failure } from "./s3-failure.ts";

/** What became of one request for a task. `message` is for the report's ResultMessage. */
export type Verdict =
  | { kind: "succeeded"; httpStatus: number }
  | { kind: "failed"; httpStatus: number; code: string; message: string }
  /** `away`: nobody who speaks S3 answered. */
  | { kind: "retry"; away: boolean; httpStatus: number; code: string; message: string };

const plainSuccess: Verdict = { kind: "succeeded", httpStatus: 200 };
const xml = new XMLParser({ ignoreAttributes: true, parseTagValue: false });

/** Codes that S3 says may be tried again, whatever status they come with. */
const transientCodes = new Set([
  "InternalError",
  "OperationAborted",
  "RequestTimeout",
  "RequestTimeTooSkewed",
  "ServiceUnavailable",
  "SlowDown",
  "Throttling",
  "ThrottlingException",
  "TooManyRequests",
  "BandwidthLimitExceeded",
  "ConditionalRequestConflict",
]);
/** Whether S3 may answer otherwise to the same request a little later: for a code among the results of a request that did many things. */
export const passesByItself = (code: string): boolean => transientCodes.has(code);

const transientStatuses = new Set([408, 429]);
/** What a proxy says for an S3 that is not there. */
const awayStatuses = new Set([502, 503, 504]);

/** A status without a body (HEAD, or a proxy's page) still gets a code that a person can look up. */
const statusCodes: Record<number, string> = {
  301: "PermanentRedirect",
  307: "TemporaryRedirect",
  400: "BadRequest",
  401: "AccessDenied",
  403: "AccessDenied",
  404: "NotFound",
  405: "MethodNotAllowed",
  409: "Conflict",
  411: "MissingContentLength",
  412: "PreconditionFailed",
  429: "TooManyRequests",
  500: "InternalError",
  501: "NotImplemented",
  502: "BadGateway",
  503: "ServiceUnavailable",
  504: "GatewayTimeout",
};

function readError(body: string): { code: string; message: string } | null {
  // No S3 declares entities; a body that does wants to make a short text long.
  if (!body.includes("<Error") || body.includes("<!DOCTYPE")) return null;
  try {
    const error = (xml.parse(body) as { Error?: { Code?: unknown; Message?: unknown } }).Error;
    if (typeof error?.Code !== "string" || error.Code === "") return null;
    return { code: error.Code, message: typeof error.Message === "string" ? scrub(error.Message) : "" };
  } catch {
    return null;
  }
}

/**
 * The one place that decides what an answer of S3 means for a task.
 * A 200 may still carry an error: CopyObject answers before it has copied.
 */
export function classifyResponse(httpStatus: number, body: string): Verdict {
  if (httpStatus === 200 && body === "") return plainSuccess;
  const error = readError(body);
  const done = httpStatus >= 200 && httpStatus < 300 && error === null;
  // A portal's page is not S3's "done", whatever its status.
  const isPage = done && /<!doctype|<html/i.test(body);
  if (done && !isPage) return { kind: "succeeded", httpStatus };
  const code = error?.code ?? statusCodes[httpStatus] ?? "UnexpectedResponse";
  const message = error?.message || `The endpoint answered ${httpStatus} ${code}`;
  if (isPage || transientCodes.has(code) || transientStatuses.has(httpStatus) || (httpStatus >= 500 && httpStatus !== 501)) {
    return { kind: "retry", away: error === null && awayStatuses.has(httpStatus), httpStatus, code, message };
  }
  return { kind: "failed", httpStatus, code, message };
}

/** What says that there is too much to do over there: fewer requests at once are the remedy. */
export const isTrouble = ({ away, httpStatus, code }: Extract<Verdict, { kind: "retry" }>): boolean => away || asksForLess({ httpStatus, code });

/** What says so itself, rather than by not answering. */
export const asksForLess = ({ httpStatus, code }: { httpStatus: number; code: string }): boolean =>
  httpStatus === 503 || httpStatus === 429 || code === "SlowDown";

/**
 * A request that got no whole answer; status 0 stands for none. What another try cannot change (a certificate, an
 * answer that is too large, or a request that cannot be sent) fails the task.
 */
export function classifyNoAnswer(error: unknown): Verdict {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const rawCode = (cause as { code?: unknown })?.code;
  const code = typeof rawCode === "string" ? rawCode : "ConnectionError";
  const words = messageOf(cause);
  // Garbage on a line may be gone with the next try; an endpoint that speaks no HTTP at all will have used up its tries.
  if (cause instanceof MalformedAnswer)
    return { kind: "retry", away: false, httpStatus: 0, code: "MalformedResponse", message: `The answer is not HTTP: ${words}` };
  if (passingCode.test(code)) return { kind: "retry", away: true, httpStatus: 0, code, message: `No answer from the endpoint: ${words}` };
  return { kind: "failed", httpStatus: 0, code, message: `The request could not be made: ${words}` };
}

/** An error of the SDK's client, which has tried again by itself. What is no answer of S3's is a mistake of ours, and fails the task. */
export function classifySdkError(error: unknown): Verdict {
  const failure = s3Failure(error);
  if (!failure) return { kind: "failed", httpStatus: 0, code: "InternalError", message: `Longshore could not do it: ${messageOf(error)}` };
  const { httpStatus, code, message } = failure;
  return failure.kind === "refused" ? { kind: "failed", httpStatus, code, message } : { kind: "retry", away: httpStatus === 0, httpStatus, code, message };
}
