import type { Attributes } from "./store/attributes.ts";
import type { Store } from "./store/open-store.ts";
import type { Tag } from "./store/versions.ts";

export interface Sample {
  bucket: string;
  key: string;
  text: string;
  contentType: string;
  tags?: Tag[];
  storageClass?: string;
  attributes?: Attributes;
}

/** Writes an object past the wire, tens of thousands a second. Returns the id of its version. */
export async function putSample(store: Store, sample: Sample, now: number): Promise<string> {
  const { bucket, key, text, contentType } = sample;
  const saved = await store.bodies.save(
    (async function* () {
      yield Buffer.from(text);
    })(),
  );
  return store.transaction(() =>
    store.versions.add(
      {
        bucket,
        key,
        marker: false,
        size: saved.size,
        etag: saved.md5,
        checksum: undefined,
        segments: store.bodies.adopt(saved),
        storageClass: sample.storageClass ?? "STANDARD",
        headers: { "content-type": contentType },
        tags: sample.tags ?? [],
        acl: null,
        attributes: { encryption: { algorithm: "AES256" }, ...sample.attributes },
      },
      store.buckets.get(bucket).versioning,
      now,
    ),
  );
}
