import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { allowedAddresses } from "./allowed-addresses.ts";
import { isForbiddenAddress, isForbiddenHost } from "./forbidden-address.ts";

/** Somebody was to be sent where the machine's own credentials are kept. Nothing was sent. */
export class ForbiddenAddress extends Error {
  override name = "ForbiddenAddress";
  readonly code = "ForbiddenAddress";
  /** For who tells the errors of the SDK apart: asking again changes nothing. */
  readonly $metadata = { httpStatusCode: 403 };

  constructor(host: string) {
    super(
      `${host} leads to a link-local or metadata address, where the machine's own credentials are kept. Only the operator can allow it (LONGSHORE_ALLOWED_ADDRESSES)`,
    );
  }
}

/**
 * A lookup for connections: Node connects to the very addresses that were looked at here, so that a name cannot mean
 * something else a moment later.
 * @param resolve `lookup` of node:dns
 */
export const guarded =
  (resolve: typeof lookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      const allowed = allowedAddresses();
      if (error || !first) callback(error ?? new Error(`${hostname} has no address`), "", 0);
      else if (addresses.some(({ address }) => isForbiddenAddress(address, allowed))) callback(new ForbiddenAddress(hostname), "", 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

export const guardedLookup = guarded(lookup);

/** A host that is an address is not looked up, so it is looked at here. @throws ForbiddenAddress */
export function demandHost(hostname: string): void {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (isForbiddenHost(host, allowedAddresses())) throw new ForbiddenAddress(host);
}

/** Whether a host is an address, and a forbidden one. */
export const isForbiddenLiteral = (hostname: string): boolean => {
  const host = hostname.replace(/^\[|\]$/g, "");
  return isIP(host) !== 0 && isForbiddenAddress(host, allowedAddresses());
};
