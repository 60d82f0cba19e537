const reserved = /[!'()*]/g;
/** Most keys: nothing in them is encoded, which is cheaper to see than to do. */
const plain = /^[\w\-.~/]*$/;

/** RFC 3986 encoding as SigV4 demands it: all but letters, digits and `-._~`, as UTF-8. */
export const encodeComponent = (text: string): string =>
  encodeURIComponent(text).replace(reserved, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** A key as a URL path: as above, with its slashes kept. */
export const encodeKey = (key: string): string => (plain.test(key) ? key : key.split("/").map(encodeComponent).join("/"));
