import { JobFailure } from "../jobs/job-failure.ts";
import { compareKeys, createAlphabet, escapesOf } from "./key-space.ts";

export interface ListedObject {
  key: string;
  size: number;
  lastModifiedMs: number;
  storageClass: string;
}

export interface ListPage {
  objects: ListedObject[];
  /** There are more after the last one. */
  more: boolean;
}

/** One ListObjectsV2: keys that begin with `prefix` and come after `after`, in order. */
export type ListObjects = (query: { prefix: string; after: string | undefined; maxKeys: number }) => Promise<ListPage>;

/** Keys after `after`, which are listed up to here, to `until`, the last one that may be in it; null: to the prefix's end. */
interface Range {
  prefix: string;
  start: string;
  after: string | undefined;
  until: string | null;
  pages: number;
  /** Pages that are thought to be left while none has been read. */
  guess: number;
  splitting: boolean;
  /** Not to be split before it has gone further than this many pages. */
  splitAfter: number;
}

export interface ParallelListing {
  list: ListObjects;
  /** None begins with another one: see withoutNested. */
  prefixes: readonly string[];
  /** Takes one page at a time; the listing waits for it. */
  onPage: (objects: ListedObject[]) => Promise<void>;
  listers?: number;
  pageSize?: number;
}

/** Fewer pages than this are read sooner than divided. */
const leastPages = 2;
const maxProbes = 24;
/** No key comes after it: a key has at most 1,024 bytes. */
const lastKey = "\u{10ffff}".repeat(256);

/** Prefixes that list every object once: those that begin with another one are left out. */
export function withoutNested(prefixes: readonly string[]): string[] {
  const kept: string[] = [];
  for (const prefix of [...new Set(prefixes)].sort(compareKeys)) {
    if (!kept.some((one) => prefix.startsWith(one))) kept.push(prefix);
  }
  return kept;
}

/**
 * Lists objects with several requests at once. Each lister reads a range of keys page by page. One that has nothing to do
 * divides the range that promises the most: it asks for single keys until it knows a point with keys behind it, and takes
 * those from there on. Ranges only ever shrink or are cut in two, so each key is listed once, in no particular order.
 * @throws JobFailure when the endpoint does not list in order or ignores where to begin
 */
export async function listInParallel({ list, prefixes, onPage, listers = 16, pageSize = 1_000 }: ParallelListing): Promise<void> {
  const alphabet = createAlphabet();
  const active = new Set<Range>();
  const waiting: Range[] = prefixes.map((prefix) => newRange(prefix, undefined, null, 0));
  let sleepers: (() => void)[] = [];
  let stealing = 0;
  let failure: { error: unknown } | null = null;

  const wake = () => {
    const woken = sleepers;
    sleepers = [];
    for (const one of woken) one();
  };

  async function read(range: Range): Promise<void> {
    for (;;) {
      if (failure) return;
      const page = await list({ prefix: range.prefix, after: range.after, maxKeys: pageSize });
      checkOrder(page, range);
      // While the page was under way, another lister may have taken what lies past `until`.
      const { until } = range;
      const own = until === null ? page.objects : page.objects.filter(({ key }) => compareKeys(key, until) <= 0);
      const last = own.at(-1)?.key;
      if (last !== undefined) {
        for (let index = own.length - 1; index >= 0; index -= 100) alphabet.learn(own[index]?.key ?? "");
        if (range.pages === 0) range.start = own[0]?.key ?? "";
        range.after = last;
      }
      range.pages += 1;
      wake();
      if (own.length > 0) await onPage(own);
      if (!page.more || own.length < page.objects.length || last === undefined) return;
      if (range.until !== null && compareKeys(last, range.until) >= 0) return;
    }
  }

  /** Pages that are thought to be left: by how far the read ones went, but half as many as those at least, since keys may crowd anywhere. */
  const left = (range: Range): number => {
    if (range.pages === 0) return range.guess;
    if (range.after === undefined || range.until === null) return Number.POSITIVE_INFINITY;
    const done = alphabet.share(range.after, range.start, range.until);
    return Math.max(range.pages / 2, done > 0 ? (range.pages * (1 - done)) / done : Number.POSITIVE_INFINITY);
  };

  const firstAfter = async (range: Range, point: string): Promise<string | null> => {
    const page = await list({ prefix: range.prefix, after: point, maxKeys: 1 });
    return page.objects[0]?.key ?? null;
  };

  /** Finds an `until` behind which there is nothing, as near as a place in the key can say. */
  async function bound(range: Range): Promise<void> {
    const escapes = escapesOf(range.after ?? "", range.prefix.length);
    let [empty, taken] = [-1, escapes.length];
    while (taken - empty > 1) {
      const middle = (empty + taken) >> 1;
      if ((await firstAfter(range, escapes[middle] as string)) === null) empty = middle;
      else taken = middle;
    }
    range.until = escapes[empty] ?? range.prefix + lastKey;
  }

  /** @returns the part that was cut off, to be read by the caller; null when none was found */
  async function divide(range: Range): Promise<Range | null> {
    if (range.until === null) await bound(range);
    for (let probes = 0; probes < maxProbes && active.has(range); probes += 1) {
      const { after, until } = range;
      if (after === undefined || until === null) return null;
      const middle = alphabet.middle(after, until);
      if (middle === null) return null;
      const behind = await firstAfter(range, middle);
      // Its lister went on meanwhile, and may be past the point, or done.
      if (!active.has(range) || range.after === undefined || compareKeys(range.after, middle) >= 0) continue;
      const guess = Math.min(left(range), 1e9) / 2;
      range.until = middle;
      if (behind !== null && compareKeys(behind, until) <= 0) return newRange(range.prefix, middle, until, guess);
    }
    return null;
  }

  async function steal(): Promise<Range | null> {
    let best: Range | null = null;
    let most = leastPages;
    for (const range of active) {
      if (range.splitting || range.pages < range.splitAfter) continue;
      const pages = left(range);
      if (pages >= most) [best, most] = [range, pages];
    }
    if (!best) return null;
    best.splitting = true;
    stealing += 1;
    try {
      const cut = await divide(best);
      if (!cut) best.splitAfter = best.pages + 4;
      return cut;
    } finally {
      best.splitting = false;
      stealing -= 1;
    }
  }

  async function lister(): Promise<void> {
    for (;;) {
      if (failure) return;
      const range = waiting.shift() ?? (await steal());
      if (!range) {
        if (active.size === 0 && stealing === 0) return wake();
        await new Promise<void>((resolve) => sleepers.push(resolve));
        continue;
      }
      active.add(range);
      wake();
      try {
        await read(range);
      } finally {
        active.delete(range);
        wake();
      }
    }
  }

  await Promise.all(
    Array.from({ length: listers }, () =>
      lister().catch((error: unknown) => {
        failure ??= { error };
        wake();
      }),
    ),
  );
  if (failure) throw (failure as { error: unknown }).error;
}

const newRange = (prefix: string, after: string | undefined, until: string | null, guess: number): Range => ({
  prefix,
  start: after ?? prefix,
  after,
  until,
  pages: 0,
  guess,
  splitting: false,
  splitAfter: 0,
});

function checkOrder(page: ListPage, range: Range): void {
  let before = range.after;
  for (const { key } of page.objects) {
    if (before !== undefined && compareKeys(key, before) <= 0) {
      throw new JobFailure(
        "ListingUnreliable",
        "The endpoint does not list objects in the order of their keys' bytes, or ignores StartAfter, so a list of the bucket could miss some. Create the job with a manifest.",
      );
    }
    before = key;
  }
  if (page.more && page.objects.length === 0) {
    throw new JobFailure("ListingUnreliable", "The endpoint says that a list goes on, and gives no objects. Create the job with a manifest.");
  }
}
