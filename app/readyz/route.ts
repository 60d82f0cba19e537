import { jsonResponse } from "#lib/http/errors.ts";
import { readiness } from "#lib/http/readiness.ts";
import { runtime } from "#lib/http/runtime.ts";

/** → 200 where requests can be answered, 503 and the reason where they cannot: what a load balancer asks. It is told nothing else. */
export async function GET(): Promise<Response> {
  const { db, boss } = runtime();
  const { ready, ...told } = await readiness({ db, boss });
  return jsonResponse({ status: ready ? "ready" : "not ready", ...told }, ready ? 200 : 503);
}
