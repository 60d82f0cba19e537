import { allowedAddresses } from "../net/allowed-addresses.ts";
import { isForbiddenHost } from "../net/forbidden-address.ts";

/** This machine itself, by its usual names. */
const loopback = /^((.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** What is wrong with a webhook's URL wherever it is called from; null for one that can be. */
export function urlProblem(text: string): string | null {
  if (!/^[\x21-\x7e]+$/.test(text) || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return "Enter a URL that begins with https://";
  const { username, password, hash } = new URL(text);
  if (username || password) return "Leave user and password out of the URL: everybody who sees the job would see them. The requests are signed instead";
  if (hash) return "Leave out everything from the # on: it is never sent";
  return null;
}

/**
 * What the installation allows.
 * @param allowed LONGSHORE_WEBHOOK_HOSTS; null where it is not set: every host by https, and this machine by http
 * @returns words for who may not, null for who may
 */
export function mayCall(url: string, allowed: readonly string[] | null): string | null {
  const problem = urlProblem(url);
  if (problem) return problem;
  const { protocol, hostname, host } = new URL(url);
  const plain = protocol === "http:";
  if (isForbiddenHost(hostname, allowedAddresses()))
    return "Link-local addresses are not allowed, nor those of metadata services: the machine's own credentials are kept there. An administrator allows addresses in LONGSHORE_ALLOWED_ADDRESSES";
  if (allowed === null) {
    if (!plain || loopback.test(hostname)) return null;
    return `http:// is for this machine only: objects' names would go over the network for all to read. Use https://, or have an administrator allow http://${host} (LONGSHORE_WEBHOOK_HOSTS)`;
  }
  if (allowed.some((entry) => matches(entry, plain, host, hostname))) return null;
  return `Webhooks to ${plain ? "http://" : ""}${host} are not allowed here. An administrator allows hosts in LONGSHORE_WEBHOOK_HOSTS`;
}

/** @param entry "host", "host:port", "*.domain"; with http:// in front, by http as well */
function matches(entry: string, plain: boolean, host: string, hostname: string): boolean {
  const name = entry.toLowerCase().replace(/^https?:\/\//, "");
  if (plain && !entry.toLowerCase().startsWith("http://")) return false;
  return name.startsWith("*.") ? hostname.endsWith(name.slice(1)) : name === host || name === hostname;
}
