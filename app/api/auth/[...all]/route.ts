import { clientHeader } from "#lib/auth/client-header.ts";
import { oidcProviderId } from "#lib/auth/oidc/oidc-provider-id.ts";
import { oidcStart } from "#lib/auth/oidc/oidc-start.ts";
import { requestIdHeader } from "#lib/auth/request-id-header.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { clientAddress } from "#lib/http/client-address.ts";
import { guarded } from "#lib/http/guarded.ts";
import { hostOf, isSecure } from "#lib/http/origin.ts";
import { readText } from "#lib/http/read-text.ts";
import { demandFromHere } from "#lib/http/route.ts";
import { runtime } from "#lib/http/runtime.ts";

/**
 * Of all that better-auth can do over HTTP, only this is open; the rest would change people behind the verbs' backs, or tell a page's scripts
 * the token of the session, which its cookie keeps from them.
 */
const open = new Set(["POST /api/auth/sign-in/email", "POST /api/auth/sign-out"]);
/** By which people come from the OpenID provider. */
const start = "POST /api/auth/sign-in/social";
const byProvider = new Set([start, `GET /api/auth/callback/${oidcProviderId}`]);
/** Anybody may send it, so it must cost nothing. */
const maxBodyBytes = 16 * 1024;

const handler = (request: Request): Promise<Response> => {
  const { pathname, search } = new URL(request.url);
  const asking = `${request.method} ${pathname}`;
  const answer = async (requestId: string) => {
    // The library asks where a request came from only of those with a cookie.
    if (request.method === "POST") demandFromHere(request, "application/json");
    const { LONGSHORE_URL, LONGSHORE_TRUSTED_PROXIES } = env();
    const secure = isSecure(request.headers, LONGSHORE_URL);
    const auth = open.has(asking) ? runtime().auth(secure) : byProvider.has(asking) ? runtime().oidcAuth(secure) : null;
    if (!auth) throw new AppError("NotFound", "There is no such request.");
    // Next names the host it listens on; better-auth must see the one that the browser asked for.
    const asked = `${secure ? "https" : "http"}://${hostOf(request.headers, LONGSHORE_URL)}${pathname}${search}`;
    if (!URL.canParse(asked)) throw new AppError("InvalidRequest", "The request's Host header is not a host.");
    const text = request.method === "POST" ? await readText(request, maxBodyBytes) : null;
    const headers = new Headers(request.headers);
    headers.delete(clientHeader);
    const address = clientAddress(request.headers, LONGSHORE_TRUSTED_PROXIES);
    if (address !== null) headers.set(clientHeader, address);
    headers.set(requestIdHeader, requestId);
    return auth.handler(new Request(asked, { method: request.method, headers, body: asking === start ? oidcStart(text ?? "") : text || null }));
  };
  return guarded(request, answer, open.has(asking) || byProvider.has(asking) ? pathname : "/api/auth/{other}");
};

export { handler as GET, handler as POST };
