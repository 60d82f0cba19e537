import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a command is on PATH, or where Debian puts those of the administrator; null when it is not there. */
export function findCommand(name: string): string | null {
  for (const dir of [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"]) {
    const file = join(dir, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this one.
    }
  }
  return null;
}
