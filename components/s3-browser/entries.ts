import type { BucketView, ObjectList } from "#lib/browse/browse-views.ts";

/** A row of the browser. `path` is the bucket's name, or the whole prefix or key. */
export interface Entry {
  kind: "bucket" | "folder" | "object";
  path: string;
  name: string;
  size: number | null;
  date: string | null;
}

export const bucketEntries = (buckets: readonly BucketView[], search: string): Entry[] =>
  buckets
    .filter((bucket) => bucket.name.toLowerCase().includes(search.trim().toLowerCase()))
    .map((bucket) => ({ kind: "bucket", path: bucket.name, name: bucket.name, size: null, date: bucket.createdAt }));

/** @param folder the prefix whose content is shown: names start after it */
export const objectEntries = (pages: readonly ObjectList[], folder: string): Entry[] => [
  ...pages.flatMap((page) => page.folders).map((path): Entry => ({ kind: "folder", path, name: path.slice(folder.length), size: null, date: null })),
  ...pages
    .flatMap((page) => page.objects)
    // A folder made by hand is an empty object of the folder's own name.
    .filter((object) => object.key !== folder)
    .map((object): Entry => ({ kind: "object", path: object.key, name: object.key.slice(folder.length), size: object.size, date: object.lastModified })),
];

/** "a/b/" as its folders, each with the prefix that leads there. An empty name is a folder of its own: "a//b/". */
export function crumbsOf(folder: string): { name: string; prefix: string }[] {
  const names = folder.split("/").slice(0, -1);
  return names.map((name, index) => ({ name, prefix: `${names.slice(0, index + 1).join("/")}/` }));
}
