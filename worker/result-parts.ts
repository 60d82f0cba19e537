import type { Task, TaskOutcome } from "#lib/operations/operation.ts";
import { formatReportRow } from "#lib/reports/report-row.ts";
import type { StreamUpload } from "#lib/reports/stream-upload.ts";

export type PartStatus = TaskOutcome["kind"];

/** Opens a result part at its first row; null where the report takes no rows of that status. */
export type OpenPart = (status: PartStatus) => { key: string; upload: StreamUpload } | null;

export interface ResultParts {
  /** Adds a task's row, at once: rows wait here until there are enough of them to be worth a write. */
  add(task: Task, outcome: TaskOutcome): void;
  /** Whether so much waits that no more should come until `onDrain`. */
  full(): boolean;
  /** @returns the parts' keys; null where none was written @throws what an upload throws */
  finish(): Promise<Record<PartStatus, string | null>>;
  /** Gives the parts up; never throws. */
  abort(): Promise<void>;
}

interface Part {
  key: string;
  upload: StreamUpload;
  /** Rows in bytes from the start: text that is kept piles up as thousands of small strings. */
  rows: Buffer;
  filled: number;
  /** Bytes on their way to the upload. */
  waiting: number;
  written: Promise<void>;
}

const rowsBytes = 64 * 1024;
const fullBytes = 8 * 1024 * 1024;
/** Of one UTF-16 unit in UTF-8, at most. */
const unitBytes = 3;
const none = Buffer.alloc(0);

/**
 * The result parts of one chunk, as they are written.
 * @param onDrain called when `full` no longer holds
 * @param onFailure called when an upload fails; `finish` throws the same
 */
export function createResultParts(open: OpenPart, onDrain: () => void, onFailure: (error: unknown) => void): ResultParts {
  const parts = new Map<PartStatus, Part | null>();
  const openPart = (status: PartStatus): Part | null => {
    const opened = open(status);
    const part = opened && { ...opened, rows: none, filled: 0, waiting: 0, written: Promise.resolve() };
    parts.set(status, part);
    return part;
  };
  const flush = (part: Part) => {
    const rows = part.rows.subarray(0, part.filled);
    part.rows = none;
    part.filled = 0;
    part.waiting += rows.length;
    const written = part.written.then(() => part.upload.write(rows));
    part.written = written;
    written.then(() => {
      part.waiting -= rows.length;
      if (part.waiting < fullBytes) onDrain();
    }, onFailure);
  };

  return {
    add(task, outcome) {
      const known = parts.get(outcome.kind);
      const part = known === undefined ? openPart(outcome.kind) : known;
      if (part === null) return;
      const row = formatReportRow(task, outcome);
      const most = row.length * unitBytes;
      if (part.filled + most > part.rows.length) {
        if (part.filled > 0) flush(part);
        part.rows = Buffer.allocUnsafeSlow(Math.max(rowsBytes, most));
      }
      part.filled += part.rows.write(row, part.filled);
    },
    full() {
      for (const part of parts.values()) if (part !== null && part.waiting >= fullBytes) return true;
      return false;
    },
    async finish() {
      const keys: Record<PartStatus, string | null> = { succeeded: null, failed: null };
      for (const [status, part] of parts) {
        if (!part) continue;
        flush(part);
        await part.written;
        await part.upload.finish();
        keys[status] = part.key;
      }
      return keys;
    },
    async abort() {
      for (const part of parts.values()) await part?.upload.abort();
    },
  };
}
