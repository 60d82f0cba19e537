import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { guarded } from "#lib/http/guarded.ts";
import { hostOf, isSecure } from "#lib/http/origin.ts";
import { readText } from "#lib/http/read-text.ts";
import { runtime } from "#lib/http/runtime.ts";

/** Of all that better-auth can do over HTTP, only this is open; the rest would change people behind the verbs' backs. */
const open = new Set(["GET /api/auth/get-session", "POST /api/auth/sign-in/email", "POST /api/auth/sign-out"]);
/** Anybody may send it, so it must cost nothing. */
const maxBodyBytes = 16 * 1024;

const handler = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const { pathname, search } = new URL(request.url);
    if (!open.has(`${request.method} ${pathname}`)) throw new AppError("NotFound", "There is no such request.");
    const { LONGSHORE_URL } = env();
    const secure = isSecure(request.headers, LONGSHORE_URL);
    // Next names the host it listens on; better-auth must see the one that the browser asked for.
    const asked = `${secure ? "https" : "http"}://${hostOf(request.headers, LONGSHORE_URL)}${pathname}${search}`;
    if (!URL.canParse(asked)) throw new AppError("InvalidRequest", "The request's Host header is not a host.");
    const body = request.method === "POST" ? await readText(request, maxBodyBytes) : null;
    return runtime()
      .auth(secure)
      .handler(new Request(asked, { method: request.method, headers: request.headers, body }));
  });

export { handler as GET, handler as POST };
