import { lookup } from "node:dns/promises";
import { AppError } from "../errors.ts";
import { allowedAddresses } from "../net/allowed-addresses.ts";
import { isForbiddenAddress, isForbiddenHost } from "../net/forbidden-address.ts";

/**
 * Refuses a name that leads where nobody is to be sent, so that it is said at once: each connection looks again by itself.
 * A name that does not resolve now is let through: the test says so.
 * @throws AppError InvalidRequest
 */
export async function demandEndpoint(endpoint: string, path: "endpoint" | "lambdaEndpoint" | "assumeRole.stsEndpoint" = "endpoint"): Promise<void> {
  const host = new URL(endpoint).hostname.replace(/^\[|\]$/g, "");
  const allowed = allowedAddresses();
  const addresses = await lookup(host, { all: true }).catch(() => []);
  if (!isForbiddenHost(host, allowed) && !addresses.some(({ address }) => isForbiddenAddress(address, allowed))) return;
  const message =
    "The endpoint leads to a link-local or metadata address, where the machine's own credentials are kept. Enter another address, or have the operator allow this one (LONGSHORE_ALLOWED_ADDRESSES).";
  throw new AppError("InvalidRequest", message, [{ path, message }]);
}
