const reserved = /[!'()*]/g;

/** RFC 3986 as SigV4 wants it: everything but letters, digits and `-._~` is encoded. */
export const encodeStrict = (text: string): string =>
  encodeURIComponent(text).replace(reserved, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** S3's canonical path: decoded once and encoded strictly, nothing normalised, slashes kept. */
const canonicalPath = (path: string): string => (plainPath.test(path) ? path : decodeURIComponent(path).split("/").map(encodeStrict).join("/"));

/** Is its own canonical form. */
const plainPath = /^[\w.~/-]*$/;

/** Decoded pairs in their order; a `+` in a query is a space. @throws URIError */
export function parseQuery(query: string): [string, string][] {
  if (query === "") return [];
  return query
    .replaceAll("+", " ")
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0 ? [decodeURIComponent(pair), ""] : [decodeURIComponent(pair.slice(0, equals)), decodeURIComponent(pair.slice(equals + 1))];
    });
}

function canonicalQuery(query: string): string {
  if (query === "") return "";
  if (/^\w+=?$/.test(query)) return query.endsWith("=") ? query : `${query}=`;
  return parseQuery(query)
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [encodeStrict(name), encodeStrict(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => (nameA === nameB ? compare(valueA, valueB) : compare(nameA, nameB)))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A request as it came over the wire; header names in lower case, values as latin1, repeated ones joined by a comma. */
export interface WireRequest {
  method: string;
  path: string;
  query: string;
  headers: ReadonlyMap<string, string>;
}

/** SigV4's canonical request, to be hashed as latin1 so that the bytes of headers stay what they were. */
export function canonicalRequest(request: WireRequest, signedHeaders: readonly string[], payloadHash: string): string {
  let headers = "";
  for (const name of signedHeaders) {
    const value = (request.headers.get(name) ?? "").trim();
    headers += `${name}:${/\s/.test(value) ? value.replace(/\s+/g, " ") : value}\n`;
  }
  return `${request.method}\n${canonicalPath(request.path)}\n${canonicalQuery(request.query)}\n${headers}\n${signedHeaders.join(";")}\n${payloadHash}`;
}
