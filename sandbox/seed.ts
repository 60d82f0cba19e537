import { encodeStrict } from "./auth/canonical-request.ts";
import { putSample } from "./put-sample.ts";
import { type Listed, seedContracts, seedScans, seedTapes } from "./seed-special-buckets.ts";
import type { Store } from "./store/open-store.ts";
import type { Tag } from "./store/versions.ts";

/** The buckets of a first start, in the order they are named on screen. */
export const sampleBuckets = {
  photos: "sample-photos",
  archive: "sample-archive",
  manifests: "sample-manifests",
  reports: "sample-reports",
  work: "longshore-work",
  contracts: "sample-contracts",
  tapes: "sample-tapes",
  scans: "sample-scans",
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

const row = (bucket: string, { key, versionId }: Listed): string => `${bucket},${encodeKey(key)}${versionId === undefined ? "" : `,${versionId}`}\n`;

/** Writes a list of objects, unless one of that name is there. */
async function putManifest(store: Store, name: string, bucket: string, listed: readonly Listed[], now: number): Promise<void> {
  if (store.versions.current(sampleBuckets.manifests, name)) return;
  const text = listed.map((entry) => row(bucket, entry)).join("");
  await putSample(store, { bucket: sampleBuckets.manifests, key: name, text, contentType: "text/csv" }, now);
}

/** Puts small objects whose body is their key, tens of thousands a second. The bucket must be there. */
export async function seedObjects(store: Store, bucket: string, keys: readonly string[], now = Date.now()): Promise<void> {
  for (const key of keys) await putSample(store, { bucket, key, text: key, contentType: "binary/octet-stream" }, now);
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
  const { photos, archive, manifests, contracts, tapes, scans } = sampleBuckets;
  const byKey = (names: readonly string[]) => names.map((key) => ({ key }));
  const fill: Record<string, () => Promise<void>> = {
    [photos]: async () => {
      for (const [index, key] of keys.entries())
        await putSample(store, { bucket: photos, key, text: `Sample photo ${index}\n`, contentType: "image/jpeg", tags: photoTags(index) }, now);
    },
    [archive]: async () => store.buckets.setVersioning(archive, "Enabled"),
    [manifests]: async () => {
      await putManifest(store, "photos-2026.csv", photos, byKey(keys), now);
      await putManifest(store, "photos-with-mistakes.csv", photos, byKey(wrong), now);
    },
    [contracts]: async () => {
      const versions = await seedContracts(store, contracts, now);
      const names = [...new Set(versions.map(({ key }) => key))];
      await putManifest(store, "contracts.csv", contracts, byKey(names), now);
      await putManifest(store, "contracts-all-versions.csv", contracts, versions, now);
    },
    [tapes]: async () => putManifest(store, "archived-tapes.csv", tapes, await seedTapes(store, tapes, now), now),
    [scans]: async () => putManifest(store, "scans-to-replicate.csv", scans, await seedScans(store, scans, archive, now), now),
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
