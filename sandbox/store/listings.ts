import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type ObjectVersion, toVersion } from "./versions.ts";

/** The first string after all those that begin with `prefix`, in UTF-8 order; undefined when there is none. */
export function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) as number);
  while (points.length > 0) {
    const last = points.pop() as number;
    if (last < 0x10ffff) return String.fromCodePoint(...points, last + 1 === 0xd800 ? 0xe000 : last + 1);
  }
  return undefined;
}

const utf8Order = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

export interface ListQuery {
  prefix: string;
  delimiter: string;
  max: number;
}

/** One line of a listing: an entry, or everything below a common prefix. */
export type Listed<Entry> = { entry: Entry; prefix?: undefined } | { entry?: undefined; prefix: string };

export interface Page<Entry> {
  lines: Listed<Entry>[];
  truncated: boolean;
}

interface Keyed {
  key: string;
}

/**
 * Groups a scan in key order into lines, jumping over what a common prefix covers.
 * `scan(from)` yields entries at or after the key `from`; `after` is a key or common prefix that was already listed.
 */
export function paginate<Entry extends Keyed>(query: ListQuery, start: string, after: string, scan: (from: string) => Iterable<Entry>): Page<Entry> {
  const { prefix, delimiter, max } = query;
  const lines: Listed<Entry>[] = [];
  let from: string | undefined = utf8Order(start, prefix) > 0 ? start : prefix;
  if (delimiter !== "" && after.startsWith(prefix) && after.endsWith(delimiter) && after.indexOf(delimiter, prefix.length) === after.length - delimiter.length)
    from = afterPrefix(after);
  while (from !== undefined) {
    let jump: string | undefined;
    for (const entry of scan(from)) {
      if (!entry.key.startsWith(prefix)) return { lines, truncated: false };
      const end = delimiter === "" ? -1 : entry.key.indexOf(delimiter, prefix.length);
      if (lines.length >= max) return { lines, truncated: max > 0 };
      if (end < 0) {
        lines.push({ entry });
        continue;
      }
      const common = entry.key.slice(0, end + delimiter.length);
      // A listing that starts inside of a common prefix, by start-after or a marker, still names it.
      lines.push({ prefix: common });
      jump = afterPrefix(common);
      if (jump === undefined) return { lines, truncated: false };
      break;
    }
    from = jump;
  }
  return { lines, truncated: false };
}

/** Scans of a bucket in S3's order. */
export class Listings {
  readonly #current: StatementSync;
  readonly #versions: StatementSync;

  constructor(db: DatabaseSync) {
    this.#current = db.prepare("SELECT * FROM versions WHERE bucket = ? AND key >= ? AND key <> ? AND latest = 1 AND marker = 0 ORDER BY key LIMIT 1001");
    this.#versions = db.prepare("SELECT * FROM versions WHERE bucket = ? AND key >= ? AND (key <> ? OR seq < ?) ORDER BY key, seq DESC LIMIT 1001");
  }

  /** Current objects after the key `after`. */
  objects(bucket: string, query: ListQuery, after: string): Page<ObjectVersion> {
    const statement = this.#current;
    return paginate(query, after, after, function* (from) {
      for (const row of statement.iterate(bucket, from, after)) yield toVersion(row);
    });
  }

  /** All versions after the version with `afterSeq` of the key `after`; without one, after all versions of that key. */
  versions(bucket: string, query: ListQuery, after: string, afterSeq: number | undefined): Page<ObjectVersion> {
    const statement = this.#versions;
    return paginate(query, after, after, function* (from) {
      const seq = from === after ? (afterSeq ?? (after === "" ? Number.MAX_SAFE_INTEGER : -1)) : Number.MAX_SAFE_INTEGER;
      for (const row of statement.iterate(bucket, from, from, seq)) yield toVersion(row);
    });
  }
}
