import { S3Error } from "../s3-error.ts";
import type { ObjectVersion } from "../store/versions.ts";

type Headers = ReadonlyMap<string, string>;

const failed = (condition: string) => new S3Error("PreconditionFailed", undefined, { Condition: condition });

function names(list: string, etag: string): boolean {
  return list.split(",").some((entry) => {
    const tag = entry
      .trim()
      .replace(/^W\//, "")
      .replace(/^"(.*)"$/, "$1");
    return tag === "*" || tag === etag;
  });
}

/** Seconds are all that HTTP's dates can say; an unreadable date says nothing. */
function date(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/**
 * RFC 9110's conditions on a read, with `x-amz-copy-source-` before the names for a copy.
 * Returns "unchanged" where a GET answers 304. @throws S3Error PreconditionFailed
 */
export function checkReadConditions(headers: Headers, version: ObjectVersion, prefix = ""): "go on" | "unchanged" {
  const match = headers.get(`${prefix}if-match`);
  const noneMatch = headers.get(`${prefix}if-none-match`);
  const modifiedSince = date(headers.get(`${prefix}if-modified-since`));
  const unmodifiedSince = date(headers.get(`${prefix}if-unmodified-since`));
  if (match !== undefined && !names(match, version.etag)) throw failed("If-Match");
  if (match === undefined && unmodifiedSince !== undefined && version.modified > unmodifiedSince) throw failed("If-Unmodified-Since");
  if (noneMatch !== undefined) return names(noneMatch, version.etag) ? "unchanged" : "go on";
  return modifiedSince !== undefined && version.modified <= modifiedSince ? "unchanged" : "go on";
}

/** Conditions on writing over what is there. @throws S3Error PreconditionFailed, NoSuchKey, NotImplemented */
export function checkWriteConditions(headers: Headers, current: ObjectVersion | undefined): void {
  const match = headers.get("if-match");
  const noneMatch = headers.get("if-none-match");
  const existing = current?.marker ? undefined : current;
  if (noneMatch !== undefined) {
    if (noneMatch.trim() !== "*") throw new S3Error("NotImplemented", undefined, { Header: "If-None-Match" });
    if (existing) throw failed("If-None-Match");
  }
  if (match === undefined) return;
  if (!existing) throw new S3Error("NoSuchKey");
  if (!names(match, existing.etag)) throw failed("If-Match");
}

export interface ByteRange {
  start: number;
  length: number;
}

/**
 * The stretch a Range header asks for; undefined when it asks for several or for nothing readable, which S3 answers with the whole.
 * @throws S3Error InvalidRange
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return undefined;
  const [, first = "", last = ""] = match;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  if (start >= size || (first === "" && Number(last) === 0))
    throw new S3Error("InvalidRange", undefined, { RangeRequested: header ?? "", ActualObjectSize: String(size) }, { "content-range": `bytes */${size}` });
  return { start, length: end - start + 1 };
}
