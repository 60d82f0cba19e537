import { SignatureError } from "../auth/access-keys/signature-error.ts";
import { type ErrorCode, errorStatus } from "../errors.ts";
import { toAppError } from "../http/errors.ts";
import { scrub } from "../scrub.ts";
import type { ApiOperation } from "./api-operation.ts";
import { S3ControlError } from "./s3-control-error.ts";

/** The model's names, which AWS's clients make typed exceptions of; where the model has none, S3's. */
const names: Record<Exclude<ErrorCode, "Upstream" | "Unavailable">, string> = {
  InvalidRequest: "BadRequestException",
  Unauthenticated: "AccessDenied",
  Forbidden: "AccessDenied",
  NotFound: "NotFoundException",
  Conflict: "JobStatusException",
  JobStatus: "JobStatusException",
  TooManyRequests: "TooManyRequestsException",
  Idempotency: "IdempotencyException",
};
/** The longest that the model allows. */
const maxMessage = 1024;

/** This transport's one mapper from errors to AWS's. @returns undefined for what nobody foresaw */
export function toS3ControlError(error: unknown, operation: ApiOperation | undefined): S3ControlError | undefined {
  if (error instanceof S3ControlError) return error;
  if (error instanceof SignatureError) return new S3ControlError(error.code, error.httpStatus, error.message);
  const known = toAppError(error);
  if (!known) return undefined;
  if (known.code === "Upstream" || known.code === "Unavailable") return new S3ControlError("InternalServiceException", 503, scrub(known.message));
  const code = operation?.exceptions?.[known.code] ?? names[known.code];
  const status = code === "BadRequestException" ? 400 : known.code === "Unauthenticated" ? 403 : errorStatus[known.code];
  return new S3ControlError(code, status, scrub(known.message).slice(0, maxMessage));
}
