import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** Whose connection a request came by, once Next has it: a Request of the web knows no socket. */
export const peerHeader = "x-longshore-peer";

/** Once in a process. */
const slot = globalThis as typeof globalThis & { longshoreKeepsPeers?: boolean };

/** Keeps the address of each request's sender, in a header that nobody else can set. */
export function keepPeers(): void {
  if (slot.longshoreKeepsPeers) return;
  slot.longshoreKeepsPeers = true;
  subscribe("http.server.request.start", (message) => keepPeer((message as { request: IncomingMessage }).request));
}

/** @param request changed in place */
export function keepPeer(request: { headers: IncomingMessage["headers"]; socket: { remoteAddress?: string | undefined } }): void {
  delete request.headers[peerHeader];
  const { remoteAddress } = request.socket;
  if (remoteAddress) request.headers[peerHeader] = remoteAddress;
}
