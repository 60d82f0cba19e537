import fc from "fast-check";
import { expect, it } from "vitest";
import { spread } from "./spread.ts";

it.each([
  [0, 5, []],
  [1, 5, [0]],
  [5, 5, [0, 1, 2, 3, 4]],
  [1000, 4, [0, 250, 500, 750]],
])("of %i, %i are %j", (count, wanted, numbers) => expect(spread(count, wanted)).toEqual(numbers));

it("is of different numbers in order, all below the count", () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(50), (count, wanted) => {
      const numbers = spread(count, wanted);
      expect(numbers).toHaveLength(Math.min(count, wanted));
      expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(numbers);
      expect(numbers.every((number) => number < count)).toBe(true);
    }),
  );
});
