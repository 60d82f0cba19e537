import { isIP } from "node:net";
import { bytesOf } from "../net/address-bytes.ts";
import { isIn, rangeOf } from "../net/range.ts";
import { peerHeader } from "./peer.ts";

/**
 * The address of whoever sent a request: that of the connection, unless it is one of our own proxies, whose X-Forwarded-For is then read from its
 * end, where the nearest proxy writes, to the first address that is no proxy of ours. What stands before that, anybody may have sent.
 * @param proxies as LONGSHORE_TRUSTED_PROXIES has them
 * @returns null where the connection has none (a Unix socket, a test)
 */
export function clientAddress(headers: Headers, proxies: readonly string[] = []): string | null {
  const peer = plain(headers.get(peerHeader) ?? "");
  if (peer === null || proxies.length === 0) return peer;
  const trusted = proxies.flatMap((proxy) => rangeOf(proxy) ?? []);
  const isTrusted = (address: string) => trusted.some((range) => isIn(bytesOf(address) ?? [], range));
  let nearest = peer;
  for (const hop of (headers.get("x-forwarded-for") ?? "").split(",").reverse()) {
    if (!isTrusted(nearest)) break;
    const address = plain(hop.trim());
    if (address === null) break;
    nearest = address;
  }
  return nearest;
}

/** Whether it is an address, or a network such as 10.0.0.0/8. */
export const isProxyRange = (text: string): boolean => rangeOf(text) !== null;

/** IPv4 in IPv6's clothes becomes itself; some proxies add a port, or brackets. Null for what is no address. */
function plain(text: string): string | null {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = /^::ffff:([\d.]+)$/i.exec(bare)?.[1] ?? bare;
  return isIP(address) ? address.toLowerCase() : null;
}
