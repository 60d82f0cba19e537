import { readdirSync } from "node:fs";
import { join } from "node:path";

export type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;

const folder = join(import.meta.dirname, "..");
/** What needs no session: signing in, links, and the API's description. */
const open = /^(auth|open|openapi\.json)\//;

/** Every request that Next would route and that needs a session, by "METHOD /path" with parameters in braces. */
export async function findHandlers(): Promise<Map<string, Handler>> {
  const found = new Map<string, Handler>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith("route.ts") || open.test(file)) continue;
    const module = (await import(join(folder, file))) as Record<string, Handler | undefined>;
    const path = `/${file.replace(/\/route\.ts$/, "").replace(/\[(\w+)\]/g, "{$1}")}`;
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) if (module[method]) found.set(`${method} ${path}`, module[method]);
  }
  return found;
}
