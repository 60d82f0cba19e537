import { randomUUID } from "node:crypto";
import { databaseAnswers } from "../db/database-answers.ts";
import { AppError } from "../errors.ts";
import { log } from "../log.ts";
import { inScope } from "../log-scope.ts";
import { errorResponse, toAppError } from "./errors.ts";
import { httpMeter, noteRoute } from "./http-meter.ts";
import { scopeOf } from "./request-scope.ts";
import { runtime } from "./runtime.ts";

const away = new AppError("Unavailable", "Longshore's database does not answer at the moment. Nothing is lost; try again in a few seconds.");

/**
 * Runs a handler of the API and turns whatever it throws into an answer; what nobody foresaw is logged. The answer has the
 * request's id as x-request-id, and so has each line that is logged meanwhile.
 * @param pattern the route, with parameters in braces, which the request is counted under
 */
export function guarded(request: Request, handle: (requestId: string) => Promise<Response>, pattern?: string): Promise<Response> {
  const requestId = randomUUID();
  return inScope(scopeOf(request.headers, requestId), async () => {
    if (pattern !== undefined) noteRoute(httpMeter(), requestId, pattern);
    const answer = await answerOf(request, handle, requestId);
    return named(answer, requestId);
  });
}

async function answerOf(request: Request, handle: (requestId: string) => Promise<Response>, requestId: string): Promise<Response> {
  try {
    return await handle(requestId);
  } catch (error) {
    if (toAppError(error)) return errorResponse(error, requestId);
    log.error({ method: request.method, path: new URL(request.url).pathname, err: error }, "request failed");
    return errorResponse((await databaseIsThere()) ? error : away, requestId);
  }
}

function named(answer: Response, requestId: string): Response {
  try {
    answer.headers.set("x-request-id", requestId);
    return answer;
  } catch {
    // One that came from elsewhere may not be changed.
    const headers = new Headers(answer.headers);
    headers.set("x-request-id", requestId);
    return new Response(answer.body, { status: answer.status, headers });
  }
}

const databaseIsThere = async (): Promise<boolean> => databaseAnswers(runtime().db);
