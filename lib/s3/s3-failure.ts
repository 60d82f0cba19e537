import { scrub } from "../scrub.ts";
import { networkCode } from "./network-codes.ts";

/**
 * What an error of the SDK means for a step of the engine: S3 said no, which a retry does not change,
 * or it could not be reached or was in trouble, which passes.
 */
export interface S3Failure {
  kind: "refused" | "unavailable";
  code: string;
  httpStatus: number;
  message: string;
}

interface SdkError extends Error {
  $metadata?: { httpStatusCode?: number };
  $response?: unknown;
  code?: unknown;
}

/** HeadBucket and HeadObject answer without a body, so the SDK can only call the error "Unknown" or by its status. */
const namelessCodes: Record<number, string> = { 301: "PermanentRedirect", 400: "BadRequest", 403: "AccessDenied", 404: "NotFound", 412: "PreconditionFailed" };

/**
 * Only for errors of calls to S3: a database's broken connection looks the same.
 * @returns null for an error that is not S3's: a mistake of ours
 */
export function s3Failure(error: unknown): S3Failure | null {
  if (!(error instanceof Error)) return null;
  const { name, message, $metadata, code } = error as SdkError;
  const httpStatus = $metadata?.httpStatusCode ?? 0;
  if (httpStatus === 0) {
    const shown = typeof code === "string" ? code : name;
    const isNetwork = networkCode.test(shown) || name === "TimeoutError" || name === "AbortError";
    return isNetwork ? { kind: "unavailable", code: shown, httpStatus, message: scrub(message || shown) } : null;
  }
  const known = /^(\d+|Unknown|UnknownError|Error)$/.test(name) ? (namelessCodes[httpStatus] ?? `HTTP${httpStatus}`) : name;
  const passes = httpStatus >= 500 && httpStatus !== 501;
  return {
    kind: passes || httpStatus === 429 ? "unavailable" : "refused",
    code: known,
    httpStatus,
    message: /^(UnknownError|Unknown)$/.test(message) ? known : scrub(message),
  };
}
