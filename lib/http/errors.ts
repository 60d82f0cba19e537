import { ZodError } from "zod";
import { AppError, type ErrorCode, errorStatus, type Issue } from "../errors.ts";
import { scrub } from "../scrub.ts";

export interface ErrorBody {
  error: { code: ErrorCode | "InternalError"; message: string; issues: Issue[]; requestId?: string };
}

export const jsonResponse = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value ?? null), { status, headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" } });

/** The domain's error that a thrown value stands for; undefined: nobody foresaw it. */
export function toAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (!(error instanceof ZodError)) return undefined;
  const issues = error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const [first] = issues;
  const where = first ? ` ${first.path ? `${first.path}: ` : ""}${first.message}` : "";
  return new AppError("InvalidRequest", `The request is not valid.${where}`, issues);
}

/** The JSON transport's one mapper from errors to answers. An unforeseen error shows only its request id. */
export function errorResponse(error: unknown, requestId: string): Response {
  const known = toAppError(error);
  if (known) {
    const issues = known.issues.map((issue) => ({ ...issue, message: scrub(issue.message) }));
    const body: ErrorBody = { error: { code: known.code, message: scrub(known.message), issues } };
    const answer = jsonResponse(body, errorStatus[known.code]);
    if (known.retryAfterSeconds !== undefined) answer.headers.set("retry-after", String(known.retryAfterSeconds));
    return answer;
  }
  const message = `Something went wrong in the console. Try again; if it stays, look for the request ${requestId} in the console's log.`;
  const body: ErrorBody = { error: { code: "InternalError", message, issues: [], requestId } };
  return jsonResponse(body, 500);
}
