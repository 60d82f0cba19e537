import { createHash, timingSafeEqual } from "node:crypto";

/** Who asks for metrics, and what this installation says of itself. */
export interface MetricsRequest {
  /** Of the socket. */
  remoteAddress: string | undefined;
  headers: Record<string, string | string[] | undefined>;
  /** LONGSHORE_METRICS_TOKEN */
  token: string | undefined;
  /** LONGSHORE_URL: where a proxy stands in front, all requests come from it. */
  publicUrl?: string | undefined;
}

export const refusalOfMetrics =
  "Metrics are for this machine alone, asked without a proxy; or, once LONGSHORE_METRICS_TOKEN is set, for whoever sends it as Authorization: Bearer.\n";

const forwarded = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"];

/**
 * Whether somebody may read metrics: with the token where one is set, else from this machine alone. A proxy on this machine
 * speaks for anybody, and so does a browser whose page has had its own name point here: neither counts as this machine.
 */
export function mayReadMetrics({ remoteAddress, headers, token, publicUrl }: MetricsRequest): boolean {
  if (token !== undefined) return isBearer(headers.authorization, token);
  if (publicUrl !== undefined && !isOwnName(new URL(publicUrl).hostname)) return false;
  if (forwarded.some((name) => headers[name] !== undefined)) return false;
  return isLoopback(remoteAddress) && isOwnName(hostNameOf(headers.host));
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const isBearer = (header: string | string[] | undefined, token: string): boolean =>
  typeof header === "string" && /^bearer /i.test(header) && timingSafeEqual(digest(header.slice("bearer ".length).trim()), digest(token));

const isLoopback = (address: string | undefined): boolean => address !== undefined && /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/.test(address);
const isOwnName = (name: string | null): boolean => name !== null && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(name);
const hostNameOf = (host: string | string[] | undefined): string | null =>
  typeof host === "string" && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : null;
