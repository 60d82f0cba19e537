/** Where a browser keeps things for the person; null where it refuses to, or on the server: then nothing is kept, and all else works. */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
