import { isIPv6 } from "node:net";

/**
 * What of an address counts as one sender: IPv4 as it is; of IPv6 the first 64 bits, since whoever has one address there has all that share them.
 * Without an address: one sender for all of those.
 */
export function networkOf(address: string | null): string {
  if (address === null) return "nowhere";
  if (!isIPv6(address)) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length - (tail.includes(".") ? 1 : 0));
  const groups = [...before, ...Array<string>(zeros).fill("0"), ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}
