import { randomUUID } from "node:crypto";
import { callerOf } from "../auth/caller.ts";
import { databaseAnswers } from "../db/database-answers.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { log } from "../log.ts";
import { errorResponse, jsonResponse, toAppError } from "./errors.ts";
import { demandSameOrigin, isSecure } from "./origin.ts";
import { runtime } from "./runtime.ts";

/** What a handler gets: who asks and with what. `params` are those of the path. */
export interface RouteInput<Params> {
  ctx: Context;
  request: Request;
  params: Params;
  url: URL;
  /** The body, parsed as JSON but not yet validated. */
  body: () => Promise<unknown>;
}

const maxBodyBytes = 1024 * 1024;
const changing = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/**
 * An App Router handler of the JSON API: authenticates, refuses foreign origins, builds the Context, and turns
 * what the handler returns or throws into the answer. A Response is passed through.
 */
export function route<Params = Record<string, never>>(handler: (input: RouteInput<Params>) => unknown) {
  return async (request: Request, next: { params: Promise<Params> }): Promise<Response> => {
    const requestId = randomUUID();
    try {
      if (changing.has(request.method)) demandJsonFromHere(request);
      const { db, boss, auth } = runtime();
      const secure = isSecure(request.headers, env().LONGSHORE_URL);
      const caller = await callerOf(auth(secure), request.headers);
      if (!caller) throw new AppError("Unauthenticated", "You are not signed in, or your session has ended. Sign in and try again.");
      const ctx: Context = { db, boss: await boss(), caller, accountId: env().LONGSHORE_ACCOUNT_ID, now: () => new Date() };
      const value = await handler({ ctx, request, params: await next.params, url: new URL(request.url), body: () => readJson(request) });
      return value instanceof Response ? value : jsonResponse(value);
    } catch (error) {
      if (toAppError(error)) return errorResponse(error, requestId);
      log.error({ requestId, method: request.method, path: new URL(request.url).pathname, err: error }, "request failed");
      if (await databaseAnswers(runtime().db)) return errorResponse(error, requestId);
      return errorResponse(
        new AppError("Unavailable", "Longshore's database does not answer at the moment. Nothing is lost; try again in a few seconds."),
        requestId,
      );
    }
  };
}

function demandJsonFromHere(request: Request): void {
  demandSameOrigin(request.headers);
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new AppError("InvalidRequest", "Send the request with content-type: application/json.");
}

/** @throws AppError InvalidRequest when it is too long or no JSON */
export async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.length > maxBodyBytes) throw new AppError("InvalidRequest", "The request is longer than 1 MiB.");
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new AppError("InvalidRequest", "The request's body is not valid JSON.");
  }
}
