/** Next calls it once, before the server takes requests. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
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
