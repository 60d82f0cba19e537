import type { ScaleTime } from "d3-scale";

/** What the longest words under an axis take, with some air; px. */
export const tickWidth = 104;

/**
 * The moments that an axis names, as far as their words stand apart and within it. D3 gives more than it is asked for, and not always evenly:
 * every second or third of them are left out then.
 * @param right where the axis ends; px
 */
export function ticksThatFit(x: ScaleTime<number, number>, right: number): Date[] {
  const [left = 0, end = right] = x.range();
  // Asked for a few, it may give none.
  const all = x.ticks(Math.max(6, Math.floor((end - left) / tickWidth))).filter((tick) => x(tick) <= right - tickWidth / 2);
  const least = Math.min(...all.slice(1).map((tick, index) => x(tick) - x(all[index] as Date)));
  const every = Math.max(1, Math.ceil(tickWidth / least));
  return all.filter((_tick, index) => index % every === 0);
}
