import type { DatabaseSync, SQLOutputValue, StatementSync } from "node:sqlite";
import { S3Error } from "../s3-error.ts";
import type { BucketSettings } from "./attributes.ts";

export type Versioning = "" | "Enabled" | "Suspended";

export interface Bucket {
  name: string;
  created: number;
  region: string;
  versioning: Versioning;
  settings: BucketSettings;
}

const toBucket = (row: Record<string, SQLOutputValue>): Bucket => ({
  name: String(row.name),
  created: Number(row.created),
  region: String(row.region),
  versioning: row.versioning as Versioning,
  settings: JSON.parse(String(row.settings)),
});

/** The buckets; few and asked for with each request, so they are kept in memory too. */
export class Buckets {
  readonly #byName: Map<string, Bucket>;
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #update: StatementSync;
  readonly #set: StatementSync;
  readonly #any: StatementSync;

  constructor(db: DatabaseSync) {
    const rows = db.prepare("SELECT * FROM buckets").all();
    this.#byName = new Map(rows.map((row) => [String(row.name), toBucket(row)]));
    this.#insert = db.prepare("INSERT INTO buckets (name, created, region) VALUES (?, ?, ?)");
    this.#delete = db.prepare("DELETE FROM buckets WHERE name = ?");
    this.#update = db.prepare("UPDATE buckets SET versioning = ? WHERE name = ?");
    this.#set = db.prepare("UPDATE buckets SET settings = ? WHERE name = ?");
    this.#any = db.prepare("SELECT 1 FROM versions WHERE bucket = ? LIMIT 1");
  }

  /** In the order of their names. */
  all(): Bucket[] {
    return [...this.#byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): Bucket | undefined {
    return this.#byName.get(name);
  }

  /** @throws S3Error NoSuchBucket */
  get(name: string): Bucket {
    const bucket = this.#byName.get(name);
    if (!bucket) throw new S3Error("NoSuchBucket", undefined, { BucketName: name });
    return bucket;
  }

  create(name: string, region: string, now: number): void {
    this.#insert.run(name, now, region);
    this.#byName.set(name, { name, created: now, region, versioning: "", settings: {} });
  }

  isEmpty(name: string): boolean {
    return this.#any.get(name) === undefined;
  }

  /** Removes an empty bucket. Its uploads must have been aborted. */
  delete(name: string): void {
    this.#delete.run(name);
    this.#byName.delete(name);
  }

  setVersioning(name: string, versioning: Versioning): void {
    this.#update.run(versioning, name);
    this.get(name).versioning = versioning;
  }

  /** Changes the settings that are named; undefined takes one away. */
  set(name: string, changed: BucketSettings): void {
    const bucket = this.get(name);
    const settings = { ...bucket.settings, ...changed };
    this.#set.run(JSON.stringify(settings), name);
    bucket.settings = settings;
  }
}
