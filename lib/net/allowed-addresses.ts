import { type Range, rangeOf } from "./range.ts";

/** @param text addresses and networks with commas between them @returns null where one of them is none */
export function parseRanges(text: string): readonly Range[] | null {
  const ranges = text.split(",").flatMap((one) => (one.trim() === "" ? [] : [rangeOf(one)]));
  return ranges.includes(null) ? null : (ranges as Range[]);
}

let known: { text: string; ranges: readonly Range[] } | null = null;

/** What the operator allows besides what is allowed anyway: LONGSHORE_ALLOWED_ADDRESSES. That it can be read was seen to at the start (env.ts). */
export function allowedAddresses(): readonly Range[] {
  const text = process.env.LONGSHORE_ALLOWED_ADDRESSES ?? "";
  if (known?.text !== text) known = { text, ranges: parseRanges(text) ?? [] };
  return known.ranges;
}
