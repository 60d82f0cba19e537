/** S3 lists keys in the order of their UTF-8 bytes, which is that of code points; JavaScript compares UTF-16 units. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all that have one unit. */
const rank = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);

/** The least key that comes after all keys that begin like `point`, at its place; null when there is none. */
function nextPoint(point: string): string | null {
  const code = point.codePointAt(0) as number;
  if (code === 0x10ffff) return null;
  return String.fromCodePoint(code === 0xd7ff ? 0xe000 : code + 1);
}

/**
 * What lies past `key` at each of its places from `from` on, nearest last: `ab` gives `b`, `ac`. No key between two of them
 * differs from `key` before the later one's place.
 */
export function escapesOf(key: string, from: number): string[] {
  const escapes: string[] = [];
  let at = 0;
  for (const point of key) {
    if (at >= from) {
      const next = nextPoint(point);
      if (next !== null) escapes.push(key.slice(0, at) + next);
    }
    at += point.length;
  }
  return escapes;
}

/** Characters that keys are made of, in order. Points between keys are sought among them. */
export interface Alphabet {
  learn(key: string): void;
  /** @returns a key strictly between, about in the middle; null when there is none in this alphabet */
  middle(low: string, high: string): string | null;
  /** Where `key` lies between `low` (0) and `high` (1), roughly. */
  share(key: string, low: string, high: string): number;
}

/** So many characters past the common beginning are looked at. */
const depth = 8;

export function createAlphabet(): Alphabet {
  const known = new Set<string>();
  let sorted: string[] = [];

  const digits = (key: string, from: number): number[] => {
    const points = [...key.slice(from, from + 2 * depth)].slice(0, depth);
    // 0 is the end of the key, which comes before every character.
    return Array.from({ length: depth }, (_, index) => {
      const point = points[index];
      return point === undefined ? 0 : below(sorted, point) + 1;
    });
  };
  const value = (some: readonly number[]): number => some.reduceRight((sum, digit) => (sum + digit) / (sorted.length + 2), 0);

  return {
    learn(key) {
      const before = known.size;
      for (const point of key) known.add(point);
      if (known.size > before) sorted = [...known].sort(compareKeys);
    },
    middle(low, high) {
      if (sorted.length === 0) return null;
      const from = commonLength(low, high);
      let left = value(digits(low, from));
      let right = value(digits(high, from));
      for (let round = 0; round < 3 && left < right; round += 1) {
        let rest = (left + right) / 2;
        let found = low.slice(0, from);
        for (let place = 0; place < depth; place += 1) {
          rest *= sorted.length + 2;
          const digit = Math.min(Math.floor(rest), sorted.length);
          rest -= digit;
          if (digit === 0) break;
          found += sorted[digit - 1];
          if (compareKeys(found, low) > 0 && compareKeys(found, high) < 0) return found;
        }
        // Rounding, or characters outside the alphabet: look nearer to the upper end, then to the lower.
        if (round === 0) left = (left + right) / 2;
        else right = (left + right) / 2;
      }
      return null;
    },
    share(key, low, high) {
      const from = commonLength(low, high);
      const [left, at, right] = [low, key, high].map((one) => value(digits(one, from))) as [number, number, number];
      return right > left ? (at - left) / (right - left) : 1;
    },
  };
}

/** How many of the sorted characters come before this one. */
function below(sorted: readonly string[], point: string): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compareKeys(sorted[middle] as string, point) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Never ends between the two halves of a character. */
function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  const unit = a.charCodeAt(length - 1);
  return unit >= 0xd800 && unit < 0xdc00 ? length - 1 : length;
}
