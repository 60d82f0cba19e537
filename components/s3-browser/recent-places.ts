/** Where in S3 somebody chose something: places to begin from the next time. */
export interface Place {
  bucket: string;
  /** The folder's prefix; empty for the bucket itself. */
  folder: string;
}

/** Null: none. */
type PlaceStorage = Pick<Storage, "getItem" | "setItem"> | null;

const most = 5;
const keyOf = (connectionId: string): string => `longshore.s3-places.1.${connectionId}`;

const isPlace = (value: unknown): value is Place =>
  typeof value === "object" && value !== null && typeof (value as Place).bucket === "string" && typeof (value as Place).folder === "string";

/** Of the connection, in this browser; the last one first. */
export function recentPlaces(storage: PlaceStorage, connectionId: string): Place[] {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(keyOf(connectionId)) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isPlace).slice(0, most) : [];
  } catch {
    return [];
  }
}

/** A browser that refuses storage remembers none. */
export function rememberPlace(storage: PlaceStorage, connectionId: string, place: Place): void {
  try {
    const others = recentPlaces(storage, connectionId).filter((one) => one.bucket !== place.bucket || one.folder !== place.folder);
    storage?.setItem(keyOf(connectionId), JSON.stringify([place, ...others].slice(0, most)));
  } catch {
    // Nothing to keep it in.
  }
}

/** The folder that an object's key is in. */
export const folderOf = (key: string): string => key.slice(0, key.lastIndexOf("/") + 1);

/** "a/b/" as "a/", and "a/" as the bucket itself. */
export const parentOf = (folder: string): string => folderOf(folder.slice(0, -1));
