import { bytesOf, heldBy } from "./address-bytes.ts";
import { isIn, type Range, rangeOf } from "./range.ts";

/**
 * Where clouds keep the credentials of the machine itself, what is link-local, and what is no address but means this machine.
 * Loopback and private networks are not among them: that is where many a store is.
 */
const forbidden = [
  "0.0.0.0/8",
  "169.254.0.0/16",
  "100.100.100.200", // Alibaba Cloud
  "192.0.0.192", // Oracle Cloud
  "168.63.129.16", // Azure
  "::/128",
  "fe80::/10",
  "fd00:ec2::/32", // EC2: its metadata, and credentials of containers
  "fd00:c1::a9fe:a9fe", // Oracle Cloud
  "fd00:42::42", // Scaleway
  "fd20:ce::254", // Google Cloud
].map((text) => rangeOf(text) as Range);

/** Names that lead there, wherever they are looked up. */
const forbiddenNames = new Set(["metadata.google.internal", "metadata.goog"]);

/**
 * Whether nobody is to be sent to an address.
 * @param address as DNS answers it, or a literal one, in brackets or not
 * @param allowed what the operator allows all the same
 */
export function isForbiddenAddress(address: string, allowed: readonly Range[] = []): boolean {
  const bytes = bytesOf(address.replace(/^\[|\]$/g, ""));
  if (!bytes) return false;
  const may = (form: readonly number[]) => allowed.some((range) => isIn(form, range));
  if (may(bytes)) return false;
  return [bytes, ...heldBy(bytes)].some((form) => forbidden.some((range) => isIn(form, range)) && !may(form));
}

/** The same for a URL's host, which may be a name. */
export function isForbiddenHost(host: string, allowed: readonly Range[] = []): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return (forbiddenNames.has(name) && allowed.length === 0) || isForbiddenAddress(name, allowed);
}
