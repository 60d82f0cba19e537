import { encodeStrict } from "./auth/canonical-request.ts";
import type { Store } from "./store/open-store.ts";
import type { Tag } from "./store/versions.ts";

/** The buckets of a first start, in the order they are named on screen. */
export const sampleBuckets = {
  photos: "sample-photos",
  archive: "sample-archive",
  manifests: "sample-manifests",
  reports: "sample-reports",
  work: "longshore-work",
} as const;

const PHOTOS = 1000;
const MISTAKES = 40;
const cameras = ["Nikon Z6", "Fuji X-T5", "Leica Q3"];
const subjects = ["harbour", "dock crane", "pier & boats", "lighthouse", "ropes", "sea+sky", "gulls", "köprü"];

/** Keys like `2026/03/harbour 0042.jpg`, with some that need care. */
export const samplePhotoKeys = (): string[] =>
  Array.from({ length: PHOTOS }, (_, index) => {
    const month = String(1 + (index % 12)).padStart(2, "0");
    return `${2025 + (index % 2)}/${month}/${subjects[index % subjects.length]} ${String(index).padStart(4, "0")}.jpg`;
  });

/** Some photos have tags from the start, so that replacing them shows. */
const photoTags = (index: number): Tag[] =>
  index % 4 === 0
    ? [
        { key: "camera", value: cameras[index % cameras.length] as string },
        { key: "status", value: "unsorted" },
      ]
    : [];

const encodeKey = (key: string): string => key.split("/").map(encodeStrict).join("/");

const manifest = (keys: readonly string[]): string => keys.map((key) => `${sampleBuckets.photos},${encodeKey(key)}\n`).join("");

async function put(store: Store, bucket: string, key: string, text: string, contentType: string, tags: Tag[], now: number): Promise<void> {
  const saved = await store.bodies.save(
    (async function* () {
      yield Buffer.from(text);
    })(),
  );
  store.transaction(() =>
    store.versions.add(
      {
        bucket,
        key,
        marker: false,
        size: saved.size,
        etag: saved.md5,
        checksum: undefined,
        segments: store.bodies.adopt(saved),
        storageClass: "STANDARD",
        headers: { "content-type": contentType },
        tags,
        acl: null,
        attributes: {},
      },
      store.buckets.get(bucket).versioning,
      now,
    ),
  );
}

/** Puts small objects whose body is their key, tens of thousands a second. The bucket must be there. */
export async function seedObjects(store: Store, bucket: string, keys: readonly string[], now = Date.now()): Promise<void> {
  for (const key of keys) await put(store, bucket, key, key, "binary/octet-stream", [], now);
  await store.settled();
}

/**
 * Writes the sample data of a first start: each bucket that is not there yet is made and filled, one that is there stays as it is.
 * Returns the names of the buckets it made.
 */
export async function seedSampleData(store: Store, options: { region?: string; now?: number } = {}): Promise<string[]> {
  const now = options.now ?? Date.now();
  const keys = samplePhotoKeys();
  const wrong = keys.map((key, index) => (index % (PHOTOS / MISTAKES) === 7 ? key.replace(".jpg", "-missing.jpg") : key));
  const fill: Record<string, () => Promise<void>> = {
    [sampleBuckets.photos]: async () => {
      for (const [index, key] of keys.entries()) await put(store, sampleBuckets.photos, key, `Sample photo ${index}\n`, "image/jpeg", photoTags(index), now);
    },
    [sampleBuckets.archive]: async () => store.buckets.setVersioning(sampleBuckets.archive, "Enabled"),
    [sampleBuckets.manifests]: async () => {
      await put(store, sampleBuckets.manifests, "photos-2026.csv", manifest(keys), "text/csv", [], now);
      await put(store, sampleBuckets.manifests, "photos-with-mistakes.csv", manifest(wrong), "text/csv", [], now);
    },
  };
  const made: string[] = [];
  for (const bucket of Object.values(sampleBuckets)) {
    if (store.buckets.find(bucket)) continue;
    store.buckets.create(bucket, options.region ?? "us-east-1", now);
    await fill[bucket]?.();
    made.push(bucket);
  }
  return made;
}
