import { scrub } from "./scrub.ts";

/**
 * Errors of the domain are codes. Each transport (JSON in lib/http, XML, the screen) has one mapper
 * that turns them into a status and words; anything else is an internal error and never leaks.
 */
export const errorStatus = {
  /** The input breaks a rule; `field` says where. */
  InvalidRequest: 400,
  Unauthenticated: 401,
  Forbidden: 403,
  NotFound: 404,
  /** Somebody else changed it first, or the status does not allow it. */
  Conflict: 409,
  /** The job's status does not allow the request: AWS's JobStatusException. */
  JobStatus: 409,
  /** The same ClientRequestToken came with another body. */
  Idempotency: 409,
  /** It was tried too often; the message says how long to wait. */
  TooManyRequests: 429,
  /** S3 refused or could not be reached; the message says which call and what to do. */
  Upstream: 502,
  /** The database does not answer at the moment. */
  Unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** One thing wrong with the input, at a dotted path of the request ("Report.Bucket"). */
export interface Issue {
  path: string;
  message: string;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly issues: Issue[];
  /** Of TooManyRequests, where it is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, issues: Issue[] = [], { retryAfterSeconds, ...options }: { cause?: unknown; retryAfterSeconds?: number } = {}) {
    super(message, options);
    this.retryAfterSeconds = retryAfterSeconds;
    this.name = "AppError";
    this.code = code;
    this.issues = issues;
  }
}

/** The words of any thrown value, for logs, without the secrets that may be in them. */
export const messageOf = (error: unknown): string => scrub(error instanceof Error ? error.message : String(error));
