/** Next calls it once, before the server takes requests. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { keepTargets } = await import("#lib/s3-control/request-target.ts");
  const { keepPeers } = await import("#lib/http/peer.ts");
  keepTargets();
  keepPeers();
}
