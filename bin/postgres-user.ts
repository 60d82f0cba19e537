import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { StartError } from "./errors.ts";

export interface PostgresUser {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root, so as root it runs as the directory's owner if there is one already,
 * or else as the system's `postgres` or `nobody`. Null: as the present user.
 */
export function postgresUser(dir: string): PostgresUser | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(dir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const user = users.find((fields) => fields[0] === name);
    if (user) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new StartError("PostgreSQL does not run as root, and there is no user postgres or nobody. Run npm start as another user, or set DATABASE_URL.");
}

/**
 * The command line that runs a binary as the user. Where that user may not even reach the files (a clone in /root),
 * the process keeps the one capability of root that lets it through (see docs/decisions/0003-embedded-postgresql.md).
 * @param needed files that the user must reach
 */
export function wrapForUser(user: PostgresUser | null, needed: string[], binary: string, args: string[]): [string, string[]] {
  const closed = user && needed.map((file) => closedAncestor(file, user)).find((dir) => dir !== null);
  if (!user || !closed) return [binary, args];
  // access(2), by which initdb looks for its companions, heeds a capability under that secure bit only.
  const wrap = ["--securebits", "+no_setuid_fixup", "--reuid", String(user.uid), "--regid", String(user.gid), "--clear-groups"];
  wrap.push("--inh-caps", "-all,+dac_override", "--ambient-caps", "-all,+dac_override", "--bounding-set", "-all,+dac_override");
  const tried = spawnSync("setpriv", [...wrap, binary, "--version"]);
  if (tried.status === 0) return ["setpriv", [...wrap, binary, ...args]];
  throw new StartError(
    `PostgreSQL does not run as root, and the user it runs as instead may not enter ${closed}. Run npm start as another user, allow it with "chmod o+x ${closed}", or set LONGSHORE_DATA_DIR (or DATABASE_URL) and clone Longshore elsewhere.`,
  );
}

/** The topmost directory on the way to a path that the user may not enter; null when there is none. */
function closedAncestor(path: string, user: PostgresUser): string | null {
  const parent = dirname(path);
  const above = parent === path ? null : closedAncestor(parent, user);
  if (above) return above;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return null;
  const bit = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001;
  return (stat.mode & bit) === 0 ? path : null;
}
