import { bytesOf } from "./address-bytes.ts";

/** A network in CIDR. */
export interface Range {
  bytes: readonly number[];
  /** Bits that count. */
  bits: number;
}

/** @param text "10.0.0.0/8", "fd00::/8", or one address @returns null for anything else */
export function rangeOf(text: string): Range | null {
  const [address = "", bits, ...more] = text.trim().split("/");
  const bytes = bytesOf(address);
  if (!bytes || more.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return null;
  const most = bytes.length * 8;
  const length = bits === undefined ? most : Number(bits);
  return length <= most ? { bytes, bits: length } : null;
}

/** @param bytes of an address */
export const isIn = (bytes: readonly number[], range: Range): boolean =>
  bytes.length === range.bytes.length &&
  bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, range.bits - index * 8));
    return byte >> (8 - bits) === (range.bytes[index] as number) >> (8 - bits);
  });
