/** @param text an address as DNS answers it or `new URL()` writes it, without brackets @returns its 4 or 16 bytes; null for anything else */
export function bytesOf(text: string): readonly number[] | null {
  const plain = text.split("%")[0] ?? "";
  return plain.includes(":") ? bytesOf6(plain) : bytesOf4(plain);
}

function bytesOf4(text: string): number[] | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.map(Number);
}

function bytesOf6(text: string): number[] | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === "" ? [] : half.split(":")).map(groupBytes));
  if (!head || [...head, ...(tail ?? [])].includes(null)) return null;
  const [left, right] = [head.flat() as number[], (tail ?? []).flat() as number[]];
  const missing = 16 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return null;
  return [...left, ...Array<number>(missing).fill(0), ...right];
}

/** The last group may be an address of IPv4. */
function groupBytes(group: string): number[] | null {
  if (group.includes(".")) return bytesOf4(group);
  if (!/^[0-9a-f]{1,4}$/i.test(group)) return null;
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
}

/** The addresses of IPv4 that one of IPv6 leads to, by any of the ways in which one can hold another. */
export function heldBy(bytes: readonly number[]): readonly (readonly number[])[] {
  if (bytes.length !== 16) return [];
  const begins = (...start: number[]) => start.every((byte, index) => bytes[index] === byte);
  const zeros = (from: number, to: number) => bytes.slice(from, to).every((byte) => byte === 0);
  const last = bytes.slice(12);
  const held: (readonly number[])[] = [];
  // IPv4-mapped, IPv4-translated, IPv4-compatible (but for :: and ::1).
  if (zeros(0, 10) && bytes[10] === 0xff && bytes[11] === 0xff) held.push(last);
  if (zeros(0, 8) && bytes[8] === 0xff && bytes[9] === 0xff && zeros(10, 12)) held.push(last);
  if (zeros(0, 12) && !zeros(12, 15)) held.push(last);
  // NAT64: the well-known prefix, and the local one, where the bytes may lie around the ninth instead.
  if (begins(0, 0x64, 0xff, 0x9b)) held.push(last);
  if (begins(0, 0x64, 0xff, 0x9b, 0, 1) && !zeros(6, 11)) held.push([bytes[6], bytes[7], bytes[9], bytes[10]] as number[]);
  // 6to4, Teredo (the server, and the client turned over), ISATAP.
  if (begins(0x20, 0x02)) held.push(bytes.slice(2, 6));
  if (begins(0x20, 0x01, 0, 0))
    held.push(
      bytes.slice(4, 8),
      last.map((byte) => byte ^ 0xff),
    );
  if ((bytes[8] === 0 || bytes[8] === 2) && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe) held.push(last);
  return held;
}
