import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** When a request for an object came in. */
export interface Arrival {
  /** Milliseconds since the epoch. */
  at: number;
  path: string;
}

/** Reads what nginx has added to its log since the last call. */
export function followRequestLog(file: string): () => Arrival[] {
  let offset = 0;
  let rest = "";
  return () => {
    const handle = openSync(file, "r");
    try {
      const bytes = Buffer.alloc(Math.max(0, fstatSync(handle).size - offset));
      offset += readSync(handle, bytes, 0, bytes.length, offset);
      const lines = (rest + bytes.toString()).split("\n");
      rest = lines.pop() ?? "";
      return lines.map((line) => {
        // "1767225600.123 0.020 /bucket/key": written when it was answered, that many seconds after it came.
        const [answered, took, path = ""] = line.split(" ");
        return { at: (Number(answered) - Number(took)) * 1000, path };
      });
    } finally {
      closeSync(handle);
    }
  };
}
