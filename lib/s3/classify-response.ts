import { XMLParser } from "fast-xml-parser";

/** What became of one request for a task. `message` is for the report's ResultMessage. */
export type Verdict =
  | { kind: "succeeded"; httpStatus: number }
  | { kind: "failed"; httpStatus: number; code: string; message: string }
  | { kind: "retry"; httpStatus: number; code: string; message: string };

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
const transientStatuses = new Set([408, 429, 500, 502, 503, 504]);

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
    return { code: error.Code, message: typeof error.Message === "string" ? error.Message : "" };
  } catch {
    return null;
  }
}

/**
 * The one place that decides what an answer of S3 means for a task.
 * A 200 may still carry an error: CopyObject answers before it has copied.
 */
export function classifyResponse(httpStatus: number, body: string): Verdict {
  const error = readError(body);
  if (httpStatus >= 200 && httpStatus < 300 && error === null) return { kind: "succeeded", httpStatus };
  const code = error?.code ?? statusCodes[httpStatus] ?? "UnexpectedResponse";
  const retry = transientCodes.has(code) || (error === null && transientStatuses.has(httpStatus)) || httpStatus >= 500 && httpStatus !== 501;
  return { kind: retry ? "retry" : "failed", httpStatus, code, message: error?.message || `The endpoint answered ${httpStatus} ${code}` };
}

/** A request that got no answer: cut connection, timeout, name that does not resolve. Status 0 stands for none. */
export function classifyNoAnswer(error: unknown): Verdict & { kind: "retry" } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown })?.code;
  return {
    kind: "retry",
    httpStatus: 0,
    code: typeof code === "string" ? code : "ConnectionError",
    message: `No answer from the endpoint: ${cause instanceof Error ? cause.message : String(cause)}`,
  };
}
