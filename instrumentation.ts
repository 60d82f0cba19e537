import type { Instrumentation } from "next";

/** Next calls it once, before the server takes requests. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ log }, { logConsole }] = await Promise.all([import("#lib/log.ts"), import("#lib/http/log-console.ts")]);
  logConsole(log);
  const { keepTargets } = await import("#lib/s3-control/request-target.ts");
  const { keepPeers } = await import("#lib/http/peer.ts");
  const { watchRequests } = await import("#lib/http/watch-requests.ts");
  // First: it counts targets as they were sent.
  watchRequests();
  keepTargets();
  keepPeers();
  const [{ runtime }, { resealAtStart }] = await Promise.all([import("#lib/http/runtime.ts"), import("#lib/auth/reseal-at-start.ts")]);
  // Requests need not wait for it: what is under a former secret can be read as well.
  void resealAtStart(runtime().db);
}

/** Next calls it for what a page threw while it was drawn; whoever sees its error page is told the digest. Of an address only the route is logged: links have tokens. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, { routePath }) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { log } = await import("#lib/log.ts");
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  log.error({ method: request.method, path: routePath, digest, err: error }, "a page could not be shown");
};
