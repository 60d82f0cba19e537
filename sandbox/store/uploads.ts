import { randomBytes } from "node:crypto";
import type { DatabaseSync, SQLOutputValue, StatementSync } from "node:sqlite";
import type { GivenChecksum } from "../body/open-payload.ts";
import { S3Error } from "../s3-error.ts";
import { readAcl } from "./acl.ts";
import { readAttributes } from "./attributes.ts";
import { type Bodies, type SavedBody, type Segment, sizeOf } from "./bodies.ts";
import type { Description } from "./versions.ts";

export interface Upload extends Description {
  bucket: string;
  key: string;
  id: string;
  initiated: number;
  /** What the object and each part will be summed by. */
  checksum: DeclaredChecksum | undefined;
}

export interface DeclaredChecksum {
  algorithm: GivenChecksum["algorithm"];
  type: NonNullable<GivenChecksum["type"]>;
}

export interface Part {
  number: number;
  size: number;
  etag: string;
  modified: number;
  checksum: GivenChecksum | undefined;
  segments: Segment[];
}

const toUpload = (row: Record<string, SQLOutputValue>): Upload => ({
  bucket: String(row.bucket),
  key: String(row.key),
  id: String(row.id),
  initiated: Number(row.initiated),
  storageClass: String(row.storage_class),
  headers: JSON.parse(String(row.headers)),
  tags: JSON.parse(String(row.tags)),
  acl: readAcl(row.acl),
  attributes: readAttributes(row.attributes),
  checksum: JSON.parse(String(row.checksum)) ?? undefined,
});

const toPart = (row: Record<string, SQLOutputValue>): Part => ({
  number: Number(row.number),
  size: Number(row.size),
  etag: String(row.etag),
  modified: Number(row.modified),
  checksum: JSON.parse(String(row.checksum)) ?? undefined,
  segments: JSON.parse(String(row.segments)),
});

/** Multipart uploads under way. The writing methods belong inside a transaction. */
export class Uploads {
  readonly #bodies: Bodies;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  readonly #all: StatementSync;
  readonly #delete: StatementSync;
  readonly #parts: StatementSync;
  readonly #part: StatementSync;
  readonly #putPart: StatementSync;
  readonly #deleteParts: StatementSync;

  constructor(db: DatabaseSync, bodies: Bodies) {
    this.#bodies = bodies;
    this.#insert = db.prepare(
      "INSERT INTO uploads (bucket, key, id, initiated, storage_class, headers, tags, acl, attributes, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    );
    this.#find = db.prepare("SELECT * FROM uploads WHERE bucket = ? AND key = ? AND id = ?");
    this.#list = db.prepare("SELECT * FROM uploads WHERE bucket = ? AND key >= ? AND (key <> ? OR id > ?) ORDER BY key, id LIMIT 1001");
    this.#all = db.prepare("SELECT * FROM uploads WHERE bucket = ?");
    this.#delete = db.prepare("DELETE FROM uploads WHERE bucket = ? AND key = ? AND id = ?");
    this.#parts = db.prepare("SELECT * FROM parts WHERE upload = ? ORDER BY number");
    this.#part = db.prepare("SELECT * FROM parts WHERE upload = ? AND number = ?");
    this.#putPart = db.prepare("INSERT OR REPLACE INTO parts (upload, number, size, etag, modified, checksum, segments) VALUES (?, ?, ?, ?, ?, ?, ?)");
    this.#deleteParts = db.prepare("DELETE FROM parts WHERE upload = ?");
  }

  create(bucket: string, key: string, description: Description, checksum: DeclaredChecksum | undefined, now: number): string {
    const id = randomBytes(24).toString("hex");
    const { storageClass, headers, tags, acl, attributes } = description;
    const texts = [headers, tags, acl, attributes, checksum ?? null].map((value) => JSON.stringify(value));
    this.#insert.run(bucket, key, id, now, storageClass, ...texts);
    return id;
  }

  /** @throws S3Error NoSuchUpload */
  get(bucket: string, key: string, id: string): Upload {
    const row = this.#find.get(bucket, key, id);
    if (!row) throw new S3Error("NoSuchUpload", undefined, { UploadId: id });
    return toUpload(row);
  }

  /** Every upload of a bucket. */
  all(bucket: string): Upload[] {
    return this.#all.all(bucket).map(toUpload);
  }

  /** By key, then id, after those of the key `after` up to the id `afterId`. */
  *scan(bucket: string, from: string, after: string, afterId: string): Generator<Upload> {
    for (const row of this.#list.iterate(bucket, from, after, afterId)) yield toUpload(row);
  }

  parts(id: string): Part[] {
    return this.#parts.all(id).map(toPart);
  }

  /** Writes a part from a saved body or from segments of other objects, in place of an earlier one of that number. */
  putPart(upload: Upload, number: number, body: SavedBody | Segment[], { etag, checksum }: Pick<Part, "etag" | "checksum">, now: number): void {
    const earlier = this.#part.get(upload.id, number);
    let segments: Segment[];
    if (Array.isArray(body)) {
      segments = body;
      this.#bodies.retain(segments);
    } else segments = this.#bodies.adopt(body);
    if (earlier) this.#bodies.release(toPart(earlier).segments);
    const texts = [checksum ?? null, segments].map((value) => JSON.stringify(value));
    this.#putPart.run(upload.id, number, sizeOf(segments), etag, Math.floor(now / 1000) * 1000, ...texts);
  }

  /** Ends the upload. The bodies of `kept` parts now belong to the completed object; the others are released. */
  end(upload: Upload, kept: readonly Part[] = []): void {
    const keep = new Set(kept.map((part) => part.number));
    for (const part of this.parts(upload.id)) if (!keep.has(part.number)) this.#bodies.release(part.segments);
    this.#deleteParts.run(upload.id);
    this.#delete.run(upload.bucket, upload.key, upload.id);
  }
}
