import { BlockList, isIPv6 } from "node:net";

/** Where clouds keep a machine's own credentials, in each form in which an address can hide another. */
const forbidden = new BlockList();
for (const [network, prefix] of [
  ["169.254.0.0", 16],
  ["100.100.100.200", 32],
  ["192.0.0.192", 32],
  ["168.63.129.16", 32],
] as const) {
  forbidden.addSubnet(network, prefix, "ipv4");
  const hex = network.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  const [high, low] = [`${hex[0]}${hex[1]}`, `${hex[2]}${hex[3]}`];
  // NAT64, IPv4-translated, IPv4-compatible, 6to4.
  forbidden.addSubnet(`64:ff9b::${high}:${low}`, 96 + prefix, "ipv6");
  forbidden.addSubnet(`::ffff:0:${high}:${low}`, 96 + prefix, "ipv6");
  forbidden.addSubnet(`::${high}:${low}`, 96 + prefix, "ipv6");
  forbidden.addSubnet(`2002:${high}:${low}::`, 16 + prefix, "ipv6");
}
forbidden.addSubnet("fe80::", 10, "ipv6");
forbidden.addAddress("fd00:ec2::254", "ipv6");
forbidden.addAddress("fd20:ce::254", "ipv6");

/** @param address as DNS answers it, or a literal one without brackets; IPv4-mapped forms count as what they map */
export function isMetadataAddress(address: string): boolean {
  const plain = address.split("%")[0] ?? address;
  return forbidden.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
}
