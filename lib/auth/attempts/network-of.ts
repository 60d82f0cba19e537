import { bytesOf } from "../../net/address-bytes.ts";

/**
 * What of an address counts as one sender: IPv4 as it is; of IPv6 the first 64 bits, since whoever has one address there has all that share them.
 * Without an address: one sender for all of those.
 */
export function networkOf(address: string | null): string {
  if (address === null) return "nowhere";
  const bytes = bytesOf(address);
  if (bytes?.length !== 16) return address;
  const groups = [0, 2, 4, 6].map((at) => (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16));
  return `${groups.join(":")}::/64`;
}
