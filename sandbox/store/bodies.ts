import { createHash, randomBytes } from "node:crypto";
import { createReadStream, mkdirSync, readdirSync, rmSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { Readable } from "node:stream";

/** A stretch of a stored body: its id, the first byte and the number of bytes. Bodies never change, so objects may share them. */
export type Segment = readonly [id: string, offset: number, length: number];

export interface SavedBody {
  id: string;
  size: number;
  md5: string;
  /** Small bodies live in the database, the others in a file named by the id. */
  data: Buffer | null;
}

const INLINE = 64 * 1024;

export const sizeOf = (segments: readonly Segment[]): number => segments.reduce((sum, [, , length]) => sum + length, 0);

/** The part of a chain of segments from `start`, `length` bytes long. */
export function slice(segments: readonly Segment[], start: number, length: number): Segment[] {
  const result: Segment[] = [];
  let skip = start;
  let left = length;
  for (const [id, offset, size] of segments) {
    if (left <= 0) break;
    if (skip >= size) {
      skip -= size;
      continue;
    }
    const take = Math.min(size - skip, left);
    result.push([id, offset + skip, take]);
    left -= take;
    skip = 0;
  }
  return result;
}

/**
 * Bodies of objects, counted by how many versions and parts use them.
 * A file is complete and has its final name before any row mentions it, so a kill leaves at most an unused file, removed at the next start.
 */
export class Bodies {
  readonly #directory: string;
  readonly #incoming: string;
  readonly #insert: StatementSync;
  readonly #retain: StatementSync;
  readonly #release: StatementSync;
  readonly #drop: StatementSync;
  readonly #read: StatementSync;
  readonly #onUnused: () => void;
  readonly #pins = new Map<string, number>();
  /** Nobody's, but still being read. */
  readonly #dying = new Set<string>();
  #unused: string[] = [];
  /** Of rows that are dropped, but not yet for good. */
  #files: string[] = [];
  readonly #run = Date.now().toString(16).padStart(12, "0") + randomBytes(4).toString("hex");
  #saved = 0;
  #closed = false;

  /** @param onUnused called outside of a transaction when there is something to collect */
  constructor(db: DatabaseSync, directory: string, onUnused: () => void) {
    this.#onUnused = onUnused;
    this.#directory = join(directory, "bodies");
    this.#incoming = join(directory, "incoming");
    this.#insert = db.prepare("INSERT INTO bodies (id, size, refs, data) VALUES (?, ?, 1, ?)");
    this.#retain = db.prepare("UPDATE bodies SET refs = refs + 1 WHERE id = ?");
    this.#release = db.prepare("UPDATE bodies SET refs = refs - 1 WHERE id = ? RETURNING refs");
    this.#drop = db.prepare("DELETE FROM bodies WHERE id = ? AND refs = 0 RETURNING data IS NULL AS file");
    this.#read = db.prepare("SELECT data FROM bodies WHERE id = ?");
    this.#clean(db);
  }

  #clean(db: DatabaseSync): void {
    rmSync(this.#incoming, { recursive: true, force: true });
    mkdirSync(this.#incoming, { recursive: true });
    mkdirSync(this.#directory, { recursive: true });
    db.exec("DELETE FROM bodies WHERE refs = 0");
    for (const id of readdirSync(this.#directory)) if (!this.#read.get(id)) rmSync(join(this.#directory, id));
  }

  /** Takes a body in; it belongs to nobody until `adopt`, and `discard` throws it away. */
  async save(source: AsyncIterable<Uint8Array>): Promise<SavedBody> {
    const id = this.#newId();
    const md5 = createHash("md5");
    const small: Uint8Array[] = [];
    const path = join(this.#incoming, id);
    let size = 0;
    let file: Awaited<ReturnType<typeof open>> | undefined;
    try {
      for await (const chunk of source) {
        size += chunk.length;
        md5.update(chunk);
        if (!file && size > INLINE) {
          file = await open(path, "wx");
          for (const earlier of small.splice(0)) await file.writeFile(earlier);
        }
        if (file) await file.writeFile(chunk);
        else small.push(chunk);
      }
      await file?.close();
    } catch (error) {
      await file?.close();
      await rm(path, { force: true });
      throw error;
    }
    if (file) await rename(path, join(this.#directory, id));
    return { id, size, md5: md5.digest("hex"), data: file ? null : Buffer.concat(small) };
  }

  /** Later ones sort later, so that the index grows at its end. */
  #newId(): string {
    this.#saved += 1;
    return this.#run + this.#saved.toString(16).padStart(12, "0");
  }

  async discard(saved: SavedBody): Promise<void> {
    if (!saved.data) await rm(join(this.#directory, saved.id), { force: true });
  }

  /** Inside a transaction: writes the row of a saved body, used once. */
  adopt(saved: SavedBody): Segment[] {
    if (saved.size === 0) return [];
    this.#insert.run(saved.id, saved.size, saved.data);
    return [[saved.id, 0, saved.size]];
  }

  retain(segments: readonly Segment[]): void {
    for (const [id] of segments) this.#retain.run(id);
  }

  release(segments: readonly Segment[]): void {
    for (const [id] of segments) if (this.#release.get(id)?.refs === 0) this.#unused.push(id);
  }

  /** Inside a transaction, at its end: drops what nobody uses. A body that is being read goes when the reader is done. */
  collect(): void {
    for (const id of this.#unused.splice(0)) {
      if (this.#pins.has(id)) this.#dying.add(id);
      else if (this.#drop.get(id)?.file === 1) this.#files.push(id);
    }
  }

  /** After a transaction was taken back. */
  forget(): void {
    this.#unused = [];
  }

  /** After a commit: the files of dropped bodies go. */
  removeFiles(): void {
    for (const id of this.#files.splice(0)) rmSync(join(this.#directory, id), { force: true });
  }

  /** After a commit that failed. */
  keepFiles(): void {
    this.#files = [];
  }

  /** Keeps bodies readable until the returned function is called, though their objects may go. */
  pin(segments: readonly Segment[]): () => void {
    for (const [id] of segments) this.#pins.set(id, (this.#pins.get(id) ?? 0) + 1);
    let pinned = true;
    return () => {
      if (!pinned || this.#closed) return;
      pinned = false;
      for (const [id] of segments) {
        const pins = (this.#pins.get(id) ?? 1) - 1;
        if (pins > 0) this.#pins.set(id, pins);
        else {
          this.#pins.delete(id);
          if (this.#dying.delete(id)) this.#unused.push(id);
        }
      }
      if (this.#unused.length > 0) this.#onUnused();
    };
  }

  /** The database is about to be closed: what is unused now goes at the next start. */
  close(): void {
    this.#closed = true;
  }

  /** The bytes of the segments: at once when they are one small body, else as a stream. */
  read(segments: readonly Segment[]): Buffer | Readable {
    if (segments.length === 0) return Buffer.alloc(0);
    const [first, ...more] = segments;
    if (first && more.length === 0) {
      const small = this.#inline(first);
      if (small) return small;
    }
    const unpin = this.pin(segments);
    const stream = Readable.from(this.#stream(segments), { objectMode: false });
    stream.once("close", unpin);
    return stream;
  }

  #inline([id, offset, length]: Segment): Buffer | undefined {
    const data = this.#read.get(id)?.data;
    return data instanceof Uint8Array ? Buffer.from(data.buffer, data.byteOffset + offset, length) : undefined;
  }

  async *#stream(segments: readonly Segment[]): AsyncGenerator<Uint8Array> {
    for (const segment of segments) {
      const [id, offset, length] = segment;
      const small = this.#inline(segment);
      if (small) yield small;
      else yield* createReadStream(join(this.#directory, id), { start: offset, end: offset + length - 1, highWaterMark: 256 * 1024 });
    }
  }
}
