import { access } from "node:fs/promises";
import { join, relative } from "node:path";
import { env } from "#lib/env.ts";
import { hostOf } from "#lib/http/origin.ts";

const here = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Where a local start keeps the first administrator's password, as one would type it; null on a server, and for somebody
 * who is not at this machine. Never read here.
 */
export async function localFile(headers: Headers): Promise<string | null> {
  const host = `http://${hostOf(headers)}`;
  if (!URL.canParse(host) || !here.has(new URL(host).hostname)) return null;
  const file = join(/* turbopackIgnore: true */ env().LONGSHORE_DATA_DIR, "local.json");
  try {
    await access(file);
  } catch {
    return null;
  }
  const short = relative(/* turbopackIgnore: true */ process.cwd(), file);
  return short.startsWith("..") ? file : short;
}
