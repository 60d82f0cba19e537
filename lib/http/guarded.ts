import { randomUUID } from "node:crypto";
import { databaseAnswers } from "../db/database-answers.ts";
import { AppError } from "../errors.ts";
import { log } from "../log.ts";
import { errorResponse, toAppError } from "./errors.ts";
import { runtime } from "./runtime.ts";

const away = new AppError("Unavailable", "Longshore's database does not answer at the moment. Nothing is lost; try again in a few seconds.");

/** Runs a handler of the API and turns whatever it throws into an answer; what nobody foresaw is logged under a request id. */
export async function guarded(request: Request, handle: (requestId: string) => Promise<Response>): Promise<Response> {
  const requestId = randomUUID();
  try {
    return await handle(requestId);
  } catch (error) {
    if (toAppError(error)) return errorResponse(error, requestId);
    log.error({ requestId, method: request.method, path: new URL(request.url).pathname, err: error }, "request failed");
    return errorResponse((await databaseIsThere()) ? error : away, requestId);
  }
}

const databaseIsThere = async (): Promise<boolean> => databaseAnswers(runtime().db);
