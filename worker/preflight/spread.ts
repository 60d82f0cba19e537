/** Up to `wanted` of the numbers below `count`, evenly spread, the first one among them. */
export function spread(count: number, wanted: number): number[] {
  const many = Math.min(count, wanted);
  return Array.from({ length: many }, (_, index) => Math.floor((index * count) / many));
}
