import { sourceOf } from "../audit/source-of.ts";
import { callerOf } from "../auth/caller.ts";
import { recordSeen } from "../auth/record-seen.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { budgets } from "./budgets.ts";
import { jsonResponse } from "./errors.ts";
import { guarded } from "./guarded.ts";
import { demandSameOrigin, isSecure } from "./origin.ts";
import { pathPattern } from "./path-pattern.ts";
import { demandStorableQuery, readJson } from "./read-json.ts";
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

const changing = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/**
 * An App Router handler of the JSON API: authenticates, refuses foreign origins, builds the Context, and turns
 * what the handler returns or throws into the answer. A Response is passed through.
 * @param options `contentType` of a request that changes something and has a body: one that another site's form cannot send;
 * `cost` in usual requests, of which a person has so many
 */
export function route<Params = Record<string, never>>(handler: (input: RouteInput<Params>) => unknown, { contentType = "application/json", cost = 1 } = {}) {
  return async (request: Request, next: { params: Promise<Params> }): Promise<Response> => {
    const params = await next.params;
    const handle = async (requestId: string) => {
      if (changing.has(request.method)) demandFromHere(request, contentType);
      const { db, boss, auth } = runtime();
      const caller = await callerOf(auth(isSecure(request.headers, env().LONGSHORE_URL)), request.headers);
      if (!caller) throw new AppError("Unauthenticated", "You are not signed in, or your session has ended. Sign in and try again.");
      const wait = budgets.person.take(caller.userId ?? caller.name, Date.now(), cost);
      if (wait > 0)
        throw new AppError(
          "TooManyRequests",
          `You have sent too many requests at once. Wait ${wait === 1 ? "a second" : `${wait} seconds`} and try again.`,
          [],
          { retryAfterSeconds: wait },
        );
      await recordSeen(db, caller, new Date());
      const url = new URL(request.url);
      demandStorableQuery(url);
      const source = sourceOf(request.headers, { via: "console", requestId, proxies: env().LONGSHORE_TRUSTED_PROXIES });
      const ctx: Context = { db, boss: await boss(), caller, source, accountId: env().LONGSHORE_ACCOUNT_ID, now: () => new Date() };
      const value = await handler({ ctx, request, params, url, body: () => readJson(request) });
      return value instanceof Response ? value : jsonResponse(value);
    };
    return guarded(request, handle, pathPattern(new URL(request.url).pathname, params as Record<string, string> | undefined));
  };
}

/** Next gives every POST a body, if an empty one: only the headers tell. */
const hasBody = ({ headers }: Request): boolean => headers.has("transfer-encoding") || (headers.get("content-length") ?? "0") !== "0";

export function demandFromHere(request: Request, contentType: string): void {
  demandSameOrigin(request.headers, env().LONGSHORE_URL);
  if (!hasBody(request)) return;
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== contentType) throw new AppError("InvalidRequest", `Send the request with content-type: ${contentType}.`);
}
