import { AppError } from "../errors.ts";

/**
 * The host the browser asked for: that of the public address where one is set, since a proxy may have changed Host;
 * else Host, for the console may be reached by any name.
 */
export const hostOf = (headers: Headers, publicUrl?: string): string => (publicUrl ? new URL(publicUrl).host : (headers.get("host") ?? "localhost"));

/** Whether the person's browser speaks https, to us or to the proxy in front of us. */
export const isSecure = (headers: Headers, publicUrl?: string): boolean =>
  publicUrl?.startsWith("https:") === true || headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";

/** The origins of the console's own pages. */
export const ownOrigins = (headers: Headers, publicUrl?: string): string[] =>
  publicUrl ? [new URL(publicUrl).origin] : ["http", "https"].map((scheme) => originOf(`${scheme}://${hostOf(headers)}`)).filter((origin) => origin !== null);

/**
 * Refuses a change that another site's page asked a browser to make. Browsers send Origin with every such
 * request; a script without one has no cookie that it was not given.
 * @throws AppError Forbidden
 */
export function demandSameOrigin(headers: Headers, publicUrl?: string): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const foreign =
    origin === null ? site !== null && site !== "same-origin" && site !== "none" : !ownOrigins(headers, publicUrl).includes(originOf(origin) ?? "");
  if (!foreign) return;
  const where = publicUrl ? ` at ${publicUrl} (LONGSHORE_URL)` : "";
  throw new AppError("Forbidden", `The request came from another site. Open the console itself${where} and try again.`);
}

/** With a default port left out; null for what is no origin. */
const originOf = (text: string): string | null => (URL.canParse(text) && new URL(text).origin !== "null" ? new URL(text).origin : null);
