const words = (address: string): number[] => {
  const [head = "", tail = ""] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  const zeros = address.includes("::") ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0") : [];
  return [...left, ...zeros, ...right].map((word) => Number.parseInt(word, 16));
};

/**
 * Whether an address is link-local, where clouds keep the credentials of the machine itself.
 * @param host a host name or address as `new URL()` writes it, or as DNS answers it
 */
export function isForbiddenHost(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
  if (name === "metadata.google.internal" || name.startsWith("169.254.")) return true;
  if (!name.includes(":")) return false;
  const dotted = /^::ffff:(\d+\.\d+)\.\d+\.\d+$/.exec(name);
  if (dotted) return dotted[1] === "169.254";
  const groups = words(name.split("%")[0] ?? name);
  const [first = 0, second = 0] = groups;
  const mapped = groups.slice(0, 5).every((group) => group === 0) && (groups[5] === 0xffff || groups[5] === 0) && groups[6] === 0xa9fe;
  // fd00:ec2::254 is the metadata service of EC2.
  return (first & 0xffc0) === 0xfe80 || mapped || (first === 0xfd00 && second === 0x0ec2);
}
