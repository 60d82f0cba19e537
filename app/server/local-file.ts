import { access } from "node:fs/promises";
import { join, relative } from "node:path";
import { env } from "#lib/env.ts";

/** Where a local start keeps the first administrator's password, as one would type it; null on a server. Never read here. */
export async function localFile(): Promise<string | null> {
  const file = join(/* turbopackIgnore: true */ env().LONGSHORE_DATA_DIR, "local.json");
  try {
    await access(file);
  } catch {
    return null;
  }
  const short = relative(/* turbopackIgnore: true */ process.cwd(), file);
  return short.startsWith("..") ? file : short;
}
