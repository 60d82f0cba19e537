import { AppError } from "../errors.ts";

/** The host the browser asked for. The console may be reached by any name, so nothing else is known about it. */
export const hostOf = (headers: Headers): string => headers.get("host") ?? "localhost";

/** Whether the person's browser speaks https, to us or to the proxy in front of us. */
export const isSecure = (headers: Headers, publicUrl?: string): boolean =>
  publicUrl?.startsWith("https:") === true || headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";

/**
 * Refuses a change that another site's page asked a browser to make. Browsers send Origin with every such
 * request; a script without one has no cookie that it was not given.
 * @throws AppError Forbidden
 */
export function demandSameOrigin(headers: Headers): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const foreign = origin === null ? site !== null && site !== "same-origin" && site !== "none" : !sameHost(origin, hostOf(headers));
  if (foreign) throw new AppError("Forbidden", "The request came from another site. Open the console itself and try again.");
}

function sameHost(origin: string, host: string): boolean {
  try {
    return new URL(origin).host === new URL(`${new URL(origin).protocol}//${host}`).host;
  } catch {
    return false;
  }
}
