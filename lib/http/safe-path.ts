/** Where to go after signing in: a path of the console itself, or the start page for anything else. */
export function safePath(wanted: string | null | undefined): string {
  const start = "/";
  if (!wanted?.startsWith("/")) return start;
  const base = "http://console.invalid";
  let url: URL;
  try {
    url = new URL(wanted, base);
  } catch {
    return start;
  }
  const elsewhere = url.origin !== base || url.pathname.startsWith("//") || url.pathname === "/" || /^\/(sign-in|api)(\/|$)/.test(url.pathname);
  return elsewhere ? start : url.pathname + url.search + url.hash;
}
