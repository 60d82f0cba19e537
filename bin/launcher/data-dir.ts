import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "#lib/errors.ts";
import { StartError } from "../errors.ts";

export interface DataDir {
  path: string;
  postgres: string;
  sandbox: string;
  logs: string;
  localFile: string;
  lockFile: string;
}

/** Makes the data directory and checks that it can be written to. */
export function openDataDir(path: string): DataDir {
  const dir = {
    path,
    postgres: join(path, "postgres"),
    sandbox: join(path, "sandbox"),
    logs: join(path, "logs"),
    localFile: join(path, "local.json"),
    lockFile: join(path, "launcher.lock"),
  };
  try {
    // PostgreSQL runs as another user where we are root, and passes through here.
    mkdirSync(path, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    mkdirSync(dir.logs, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    accessSync(dir.logs, constants.W_OK);
  } catch (error) {
    throw new StartError(`The data directory ${path} cannot be used (${messageOf(error)}). Check its owner and permissions, or set LONGSHORE_DATA_DIR.`);
  }
  return dir;
}

/** The secret of this installation: given, or made once and kept. Everything that it encrypted needs it again. */
export function installationSecret(dir: DataDir, given: string | undefined): string {
  if (given) return given;
  const file = join(dir.path, "secret");
  try {
    if (!existsSync(file)) {
      if (existsSync(join(dir.postgres, "cluster")))
        throw new StartError(
          `${file} is missing, and the database beside it cannot be read without it. Restore the file, or set LONGSHORE_SECRET to what it held.`,
        );
      writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
    }
    const secret = readFileSync(file, "utf8").trim();
    if (secret.length < 32) throw new StartError(`${file} is damaged: it must hold at least 32 characters. Restore it from a backup.`);
    return secret;
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`The secret in ${file} cannot be used (${messageOf(error)}). Check the file's owner and permissions.`);
  }
}
