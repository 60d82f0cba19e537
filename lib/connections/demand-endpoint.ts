import { lookup } from "node:dns/promises";
import { AppError } from "../errors.ts";
import { isForbiddenHost } from "./forbidden-host.ts";
import { isMetadataAddress } from "./metadata-addresses.ts";

/**
 * Refuses a name that leads to a link-local address. A name that does not resolve now is let through: the test says so.
 * @throws AppError InvalidRequest
 */
export async function demandEndpoint(endpoint: string, path: "endpoint" | "lambdaEndpoint" = "endpoint"): Promise<void> {
  const host = new URL(endpoint).hostname.replace(/^\[|\]$/g, "");
  const addresses = await lookup(host, { all: true }).catch(() => []);
  if (!isForbiddenHost(host) && ![host, ...addresses.map((found) => found.address)].some(isMetadataAddress)) return;
  const message = "The endpoint leads to a link-local or metadata address, where the machine's own credentials are kept. Enter another address.";
  throw new AppError("InvalidRequest", message, [{ path, message }]);
}
