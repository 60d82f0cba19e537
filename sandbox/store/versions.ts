import { randomBytes } from "node:crypto";
import type { DatabaseSync, SQLOutputValue, StatementSync } from "node:sqlite";
import type { GivenChecksum } from "../body/open-payload.ts";
import { type Acl, readAcl } from "./acl.ts";
import { type Attributes, readAttributes } from "./attributes.ts";
import type { Bodies, Segment } from "./bodies.ts";
import type { Versioning } from "./buckets.ts";

export interface Tag {
  key: string;
  value: string;
}

/** What a writer says about an object beside its bytes. */
export interface Description {
  storageClass: string;
  /** Content headers and `x-amz-meta-…`, as they are sent back. */
  headers: Record<string, string>;
  tags: Tag[];
  acl: Acl;
  attributes: Attributes;
}

export interface ObjectVersion extends Description {
  bucket: string;
  key: string;
  seq: number;
  /** `null` for what was written while versioning was not enabled. */
  versionId: string;
  latest: boolean;
  marker: boolean;
  size: number;
  /** Without quotes. */
  etag: string;
  /** Milliseconds, whole seconds only, as HTTP's dates are. */
  modified: number;
  checksum: GivenChecksum | undefined;
  segments: Segment[];
}

export type NewVersion = Description & Pick<ObjectVersion, "bucket" | "key" | "marker" | "size" | "etag" | "checksum" | "segments">;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
const newVersionId = (): string => Array.from(randomBytes(32), (byte) => alphabet[byte & 63]).join("");

export const toVersion = (row: Record<string, SQLOutputValue>): ObjectVersion => ({
  bucket: String(row.bucket),
  key: String(row.key),
  seq: Number(row.seq),
  versionId: String(row.version_id),
  latest: row.latest === 1,
  marker: row.marker === 1,
  size: Number(row.size),
  etag: String(row.etag),
  modified: Number(row.modified),
  storageClass: String(row.storage_class),
  headers: JSON.parse(String(row.headers)),
  tags: JSON.parse(String(row.tags)),
  acl: readAcl(row.acl),
  attributes: readAttributes(row.attributes),
  checksum: JSON.parse(String(row.checksum)) ?? undefined,
  segments: JSON.parse(String(row.segments)),
});

/** Objects and their versions. The writing methods belong inside a transaction. */
export class Versions {
  readonly #bodies: Bodies;
  readonly #current: StatementSync;
  readonly #byId: StatementSync;
  readonly #insert: StatementSync;
  readonly #demote: StatementSync;
  readonly #promote: StatementSync;
  readonly #delete: StatementSync;
  readonly #tag: StatementSync;
  readonly #grant: StatementSync;
  readonly #attribute: StatementSync;

  constructor(db: DatabaseSync, bodies: Bodies) {
    this.#bodies = bodies;
    this.#current = db.prepare("SELECT * FROM versions WHERE bucket = ? AND key = ? ORDER BY seq DESC LIMIT 1");
    this.#byId = db.prepare("SELECT * FROM versions WHERE bucket = ? AND key = ? AND version_id = ?");
    this.#insert = db.prepare(
      `INSERT INTO versions (bucket, key, seq, version_id, latest, marker, size, etag, modified, storage_class, headers, tags, acl, attributes, checksum, segments)
       VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#demote = db.prepare("UPDATE versions SET latest = 0 WHERE bucket = ? AND key = ? AND seq = ?");
    this.#promote = db.prepare("UPDATE versions SET latest = 1 WHERE bucket = ? AND key = ? AND seq = ?");
    this.#delete = db.prepare("DELETE FROM versions WHERE bucket = ? AND key = ? AND seq = ?");
    this.#tag = db.prepare("UPDATE versions SET tags = ? WHERE bucket = ? AND key = ? AND seq = ?");
    this.#grant = db.prepare("UPDATE versions SET acl = ? WHERE bucket = ? AND key = ? AND seq = ?");
    this.#attribute = db.prepare("UPDATE versions SET attributes = ? WHERE bucket = ? AND key = ? AND seq = ?");
  }

  /** The current version, which may be a delete marker. */
  current(bucket: string, key: string): ObjectVersion | undefined {
    const row = this.#current.get(bucket, key);
    return row && toVersion(row);
  }

  byId(bucket: string, key: string, versionId: string): ObjectVersion | undefined {
    const row = this.#byId.get(bucket, key, versionId);
    return row && toVersion(row);
  }

  /** Writes a new current version, in place of the null version unless versioning is enabled. Returns its id. */
  add(version: NewVersion, versioning: Versioning, now: number): string {
    const { bucket, key } = version;
    const versionId = versioning === "Enabled" ? newVersionId() : "null";
    const current = this.current(bucket, key);
    const replaced = versionId !== "null" ? undefined : current?.versionId === "null" ? current : this.byId(bucket, key, "null");
    if (replaced) {
      this.#delete.run(bucket, key, replaced.seq);
      this.#bodies.release(replaced.segments);
    }
    if (current && current.seq !== replaced?.seq) this.#demote.run(bucket, key, current.seq);
    const seq = Math.max(now * 1000, (current?.seq ?? 0) + 1);
    const text = (value: unknown) => JSON.stringify(value ?? null);
    const modified = Math.floor(now / 1000) * 1000;
    const { marker, size, etag, storageClass } = version;
    this.#insert.run(
      bucket,
      key,
      seq,
      versionId,
      marker ? 1 : 0,
      size,
      etag,
      modified,
      storageClass,
      text(version.headers),
      text(version.tags),
      text(version.acl),
      text(version.attributes),
      text(version.checksum),
      text(version.segments),
    );
    return versionId;
  }

  /** Removes one version for good; the next newest becomes current. */
  remove(version: ObjectVersion): void {
    const { bucket, key, seq } = version;
    this.#delete.run(bucket, key, seq);
    this.#bodies.release(version.segments);
    const next = version.latest ? this.#current.get(bucket, key) : undefined;
    if (next) this.#promote.run(bucket, key, Number(next.seq));
  }

  setTags({ bucket, key, seq }: ObjectVersion, tags: readonly Tag[]): void {
    this.#tag.run(JSON.stringify(tags), bucket, key, seq);
  }

  setAcl({ bucket, key, seq }: ObjectVersion, acl: Acl): void {
    this.#grant.run(JSON.stringify(acl), bucket, key, seq);
  }

  /** Changes the attributes that are named; undefined takes one away. */
  setAttributes({ bucket, key, seq, attributes }: ObjectVersion, changed: Attributes): void {
    this.#attribute.run(JSON.stringify({ ...attributes, ...changed }), bucket, key, seq);
  }
}
