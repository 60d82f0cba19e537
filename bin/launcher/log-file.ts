import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { notice } from "./screen.ts";

const QUIET_MS = 10_000;
const LONGEST = 200;

export interface LogFile {
  /** Writes down all that a process says, and shows what sounds like trouble. */
  follow: (stream: Readable | null) => void;
  /** The end of what was said last, for the sentence about a process that could not start. */
  tail: () => string;
  close: () => void;
}

/** A service's log, started afresh. */
export function openLogFile(name: string, path: string): LogFile {
  const file = createWriteStream(path, { mode: 0o600 });
  let last: string[] = [];
  let quietUntil = 0;
  let hidden = 0;
  const show = (line: string) => {
    const words = troubleIn(line);
    if (!words) return;
    if (Date.now() < quietUntil) {
      hidden++;
      return;
    }
    notice(name, `${words.slice(0, LONGEST)}${hidden > 0 ? ` (and ${hidden} more in ${path})` : ""}`);
    quietUntil = Date.now() + QUIET_MS;
    hidden = 0;
  };
  return {
    follow: (stream) => {
      let rest = "";
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        file.write(chunk);
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        last = [...last, ...lines.filter((line) => line.trim() !== "")].slice(-20);
        lines.forEach(show);
      });
    },
    tail: () => lastWords(last),
    close: () => file.end(),
  };
}

/** Of the last lines of a process that ended: its error with what belongs to it, without the stack. */
export function lastWords(lines: readonly string[]): string {
  const plain = lines.map((line) => troubleIn(line) ?? line).filter((line) => !/^\s+at |^Node\.js v|^\s*\^|^$/.test(line));
  const error = plain.findLastIndex((line) => /^(\w*Error|fatal|error)\b/i.test(line));
  return plain.slice(error < 0 ? -3 : error).join("\n");
}

/** What a log line says when it is a warning or an error: of pino's JSON lines, and of plain text. */
export function troubleIn(line: string): string | null {
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== "object" || entry === null || !("level" in entry)) return null;
    if (entry.level !== "warn" && entry.level !== "error" && entry.level !== "fatal") return null;
    const message = "msg" in entry ? String(entry.msg) : "";
    return [...new Set([message, causeIn(entry)])].filter((words) => words !== "").join(": ");
  } catch {
    return /^\s*(⨯|(\w*Error|fatal|error)\b)/i.test(line) ? line.trim() : null;
  }
}

/** Why, by a field of the line: in words, or an error. */
function causeIn(entry: object): string {
  const { error, reason, err } = entry as { error?: unknown; reason?: unknown; err?: { message?: unknown } | null };
  const cause = [error, reason, err?.message].find((words) => typeof words === "string");
  return typeof cause === "string" ? cause : "";
}
