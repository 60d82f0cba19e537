const loopback = /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/;
/** Names that only machines of one network, or containers of one host, know. */
const inside = /\.(internal|local|lan|svc|cluster\.local|docker)$/;

/**
 * Why a person's browser can probably not read from the store by itself; null where it probably can.
 * @param page the console's address, as the browser has it
 */
export function whyOutOfReach(endpoint: string, page: Pick<URL, "protocol" | "hostname">): string | null {
  const { protocol, hostname } = new URL(endpoint);
  const sameMachine = loopback.test(page.hostname);
  if (loopback.test(hostname)) return sameMachine ? null : "The store listens on the console's own machine only.";
  const single = !/[.:]/.test(hostname);
  if ((single || inside.test(hostname)) && !sameMachine) return `The store's address (${hostname}) is a name inside the console's network.`;
  if (protocol === "http:" && page.protocol === "https:") return "The store is reached without encryption, which browsers refuse from an encrypted page.";
  return null;
}
