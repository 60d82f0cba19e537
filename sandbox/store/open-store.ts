import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Bodies } from "./bodies.ts";
import { Buckets } from "./buckets.ts";
import { GroupCommit } from "./group-commit.ts";
import { Listings } from "./listings.ts";
import { Uploads } from "./uploads.ts";
import { Versions } from "./versions.ts";

/** `seq` orders the versions of a key, newest first. SQLite compares TEXT by its UTF-8 bytes, which is S3's order of keys. */
const schema = `
CREATE TABLE IF NOT EXISTS buckets (
  name TEXT PRIMARY KEY, created INTEGER NOT NULL, region TEXT NOT NULL, versioning TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS versions (
  bucket TEXT NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL, version_id TEXT NOT NULL,
  latest INTEGER NOT NULL, marker INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
  storage_class TEXT NOT NULL, headers TEXT NOT NULL, tags TEXT NOT NULL, acl TEXT NOT NULL, checksum TEXT NOT NULL, segments TEXT NOT NULL,
  PRIMARY KEY (bucket, key, seq DESC)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS current ON versions (bucket, key) WHERE latest = 1 AND marker = 0;
CREATE TABLE IF NOT EXISTS uploads (
  bucket TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, initiated INTEGER NOT NULL,
  storage_class TEXT NOT NULL, headers TEXT NOT NULL, tags TEXT NOT NULL, acl TEXT NOT NULL,
  PRIMARY KEY (bucket, key, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (
  upload TEXT NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL, segments TEXT NOT NULL,
  PRIMARY KEY (upload, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bodies (id TEXT PRIMARY KEY, size INTEGER NOT NULL, refs INTEGER NOT NULL, data BLOB) STRICT;
`;

/** What later versions of the sandbox added to data that earlier ones wrote. */
const laterColumns = [
  ["buckets", "settings", "TEXT NOT NULL DEFAULT '{}'"],
  ["versions", "attributes", "TEXT NOT NULL DEFAULT '{}'"],
  ["uploads", "attributes", "TEXT NOT NULL DEFAULT '{}'"],
  ["uploads", "checksum", "TEXT NOT NULL DEFAULT 'null'"],
  ["parts", "checksum", "TEXT NOT NULL DEFAULT 'null'"],
] as const;

function addColumns(db: DatabaseSync): void {
  for (const [table, column, type] of laterColumns) {
    const there = db.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = ?").get(table, column);
    if (!there) db.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
  }
}

export interface Store {
  buckets: Buckets;
  versions: Versions;
  listings: Listings;
  uploads: Uploads;
  bodies: Bodies;
  /** Runs `work` as one transaction; it must not await. It counts once `settled` has resolved. */
  transaction<T>(work: () => T): T;
  /** What to await before an answer; undefined when nothing waits for a commit. */
  settled(): Promise<void> | undefined;
  close(): void;
}

/**
 * Opens the data directory, making it when it is not there. Everything committed survives a kill of the process;
 * a power cut may take the last moments with it (synchronous = NORMAL).
 * @throws Error when another process has it open.
 */
export function openStore(directory: string): Store {
  mkdirSync(directory, { recursive: true });
  const db = new DatabaseSync(join(directory, "sandbox.db"));
  try {
    // The exclusive lock keeps a second sandbox out, and dies with the process.
    db.exec("PRAGMA busy_timeout = 2000; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    // Some 100,000 small objects stay in memory, and are written to their place every 40 MB.
    db.exec("PRAGMA cache_size = -131072; PRAGMA wal_autocheckpoint = 10000; PRAGMA temp_store = MEMORY;");
    db.exec(`BEGIN IMMEDIATE; ${schema}`);
    addColumns(db);
    db.exec("COMMIT");
  } catch (error) {
    db.close();
    throw new Error(`The sandbox cannot open its data in ${directory}. Is another sandbox using it? Stop that one, or choose another directory.`, {
      cause: error,
    });
  }
  const bodies: Bodies = new Bodies(db, directory, () => commits.run(() => undefined));
  const commits = new GroupCommit(db, {
    applied: () => bodies.collect(),
    undone: () => bodies.forget(),
    committed: () => bodies.removeFiles(),
    lost: () => bodies.keepFiles(),
  });
  return {
    buckets: new Buckets(db),
    versions: new Versions(db, bodies),
    listings: new Listings(db),
    uploads: new Uploads(db, bodies),
    bodies,
    transaction: (work) => commits.run(work),
    settled: () => commits.settled(),
    close() {
      commits.flush();
      bodies.close();
      db.close();
    },
  };
}
