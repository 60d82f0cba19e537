import { readFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "../errors.ts";

/**
 * The embedded PostgreSQL that a launcher has started on this machine.
 * @param directory its own within the data directory
 * @throws StartError when none runs there, or it is another user's
 */
export function runningPostgresUrl(directory: string): string {
  try {
    const port = readFileSync(join(directory, "cluster", "postmaster.pid"), "utf8").split("\n")[3];
    const password = readFileSync(join(directory, "password"), "utf8").trim();
    return `postgresql://longshore:${password}@127.0.0.1:${port}/longshore`;
  } catch {
    throw new StartError('No database of Longshore runs here for this user. Start it with "npm start", or set DATABASE_URL, and run the command again.');
  }
}
