import { sourceOf } from "../audit/source-of.ts";
import { networkOf } from "../auth/attempts/network-of.ts";
import { limits, takeAttempt } from "../auth/attempts/take-attempt.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import type { OpenContext } from "../people/open-context.ts";
import { jsonResponse } from "./errors.ts";
import { guarded } from "./guarded.ts";
import { readJson } from "./read-json.ts";
import { demandFromHere } from "./route.ts";
import { runtime } from "./runtime.ts";

/**
 * A handler of the JSON API that needs no session: whoever has a link may ask. Not from another site's page, and not without end.
 * What the handler returns or throws becomes the answer.
 */
export const openRoute =
  (handler: (ctx: OpenContext, body: unknown) => Promise<unknown>) =>
  (request: Request): Promise<Response> =>
    guarded(request, async (requestId) => {
      demandFromHere(request, "application/json");
      const { db } = runtime();
      const source = sourceOf(request.headers, { via: "console", requestId, proxies: env().LONGSHORE_TRUSTED_PROXIES });
      const body = await readJson(request);
      const wait = await takeAttempt(db, limits.link, [networkOf(source.ip)], new Date());
      if (wait > 0)
        throw new AppError("TooManyRequests", `Too many links were tried from your address. Wait ${wait} seconds and try again.`, [], {
          retryAfterSeconds: wait,
        });
      const passwordsAllowed = env().LONGSHORE_PASSWORD_SIGN_IN === "on";
      return jsonResponse(await handler({ db, source, now: () => new Date(), passwordsAllowed }, body));
    });
