import type { ErrorCode } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { S3ControlError } from "./s3-control-error.ts";

export interface ApiRequest {
  /** Empty where the path has none. */
  jobId: string;
  query: URLSearchParams;
  body: Uint8Array;
}

/** One operation of the S3 Control API. */
export interface ApiOperation {
  name: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** After `/v20180820`; `{id}` is the job's. */
  path: "/jobs" | "/jobs/{id}" | "/jobs/{id}/priority" | "/jobs/{id}/status" | "/jobs/{id}/tagging";
  /** The exceptions of the model that this operation has for the domain's errors, where they are not the usual ones. */
  exceptions?: Partial<Record<ErrorCode, string>>;
  /** @returns the answer's document @throws AppError, S3ControlError, ZodError */
  run: (ctx: Context, request: ApiRequest) => Promise<string>;
}

/** The value of a parameter that may be there once. @throws S3ControlError */
export function parameter(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  if (values.length > 1) throw new S3ControlError("BadRequestException", 400, `The parameter ${name} may be there once.`);
  return values[0] === "" ? undefined : values[0];
}

/** NaN for what is not written as one: Number takes spaces for 0, and more. */
export const wholeNumber = (text: string): number => (/^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN);
