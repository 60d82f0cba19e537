import { env } from "#lib/env.ts";
import { hostOf, isSecure } from "#lib/http/origin.ts";
import { runtime } from "#lib/http/runtime.ts";

/** Of all that better-auth can do over HTTP, only this is open; the rest would change people behind the verbs' backs. */
const open = new Set(["GET /api/auth/get-session", "POST /api/auth/sign-in/email", "POST /api/auth/sign-out"]);

async function handler(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  if (!open.has(`${request.method} ${pathname}`))
    return Response.json({ error: { code: "NotFound", message: "There is no such request.", issues: [] } }, { status: 404 });
  const secure = isSecure(request.headers, env().LONGSHORE_URL);
  // Next names the host it listens on; better-auth must see the one that the browser asked for.
  const asked = new URL(`${secure ? "https" : "http"}://${hostOf(request.headers)}${pathname}${search}`);
  const body = request.method === "POST" ? await request.text() : null;
  return runtime()
    .auth(secure)
    .handler(new Request(asked, { method: request.method, headers: request.headers, body }));
}

export { handler as GET, handler as POST };
