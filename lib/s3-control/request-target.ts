import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { peerHeader } from "../http/peer.ts";

/** Where a signed request's target stands, as it was on the wire, once Next has the request. */
const header = "x-longshore-target";
const root = "/v20180820";

/** Next takes them for its own, and answers a request that has them with a redirect. */
const nextHeaders = ["rsc", "next-router-state-tree", "next-router-prefetch", "next-router-segment-prefetch", "next-url", "x-middleware-prefetch"];

/**
 * Keeps Next from changing what was signed: it rewrites a query's %20, redirects absolute-form targets and doubled or trailing slashes,
 * and fails at a stray %. It sees one path for the whole API, and the target as it was sent in a header that nobody else can set.
 */
export function keepTargets(): void {
  if (slot.longshoreKeepsTargets) return;
  slot.longshoreKeepsTargets = true;
  subscribe("http.server.request.start", (message) => keepTarget((message as { request: IncomingMessage }).request));
  // Next leaves a request for an upgrade that it does not know without an answer, and its socket open for good.
  if (process.env.NODE_ENV === "production") subscribe("net.server.socket", (message) => refuseUpgrades((message as { socket: Socket }).socket));
}

/** Once in a process: a second time would keep what the first has put in the target's place. */
const slot = globalThis as typeof globalThis & { longshoreKeepsTargets?: boolean };

function refuseUpgrades({ server }: Socket): void {
  if (server && "shouldUpgradeCallback" in server) server.shouldUpgradeCallback = () => false;
}

type Socket = { server?: { shouldUpgradeCallback?: () => boolean } };

/** @param request changed in place */
export function keepTarget(request: Pick<IncomingMessage, "url" | "headers">): void {
  delete request.headers[header];
  const target = originForm(request.url ?? "/");
  if (!/^\/+v20180820(?:[/?]|$)/.test(target)) {
    request.url = target;
    return;
  }
  request.headers[header] = target;
  request.url = root;
  for (const name of nextHeaders) delete request.headers[name];
}

/** Path and query of a target that may have scheme and host before them, as proxies' clients send it. */
function originForm(target: string): string {
  const rest = /^https?:\/\/[^/?#]*(.*)$/is.exec(target)?.[1];
  if (rest === undefined) return target;
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** The path and the raw query of a request that went through `keepTarget`, or through none. */
export function targetOf(request: Request): { path: string; query: string } {
  const kept = request.headers.get(header);
  if (kept === null) {
    const { pathname, search } = new URL(request.url);
    return { path: pathname, query: search.slice(1) };
  }
  const [path = "", ...query] = kept.split("?");
  return { path, query: query.join("?") };
}

/** The headers as they were sent. */
export function headersOf(request: Request): Record<string, string> {
  const { [header]: _target, [peerHeader]: _peer, ...headers } = Object.fromEntries(request.headers);
  return headers;
}
