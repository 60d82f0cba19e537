import { putSample } from "./put-sample.ts";
import type { Attributes, ReplicationRule } from "./store/attributes.ts";
import type { Store } from "./store/open-store.ts";

const DAY = 86_400_000;

/** A key or a version for a manifest. */
export interface Listed {
  key: string;
  versionId?: string;
}

const number = (index: number): string => String(index).padStart(3, "0");

/** A bucket with Object Lock: drafts and final versions, of which one in five is kept for a month and a few are held. */
export async function seedContracts(store: Store, bucket: string, now: number): Promise<Listed[]> {
  store.buckets.setVersioning(bucket, "Enabled");
  store.buckets.set(bucket, { objectLock: {} });
  const listed: Listed[] = [];
  for (let index = 0; index < 60; index += 1) {
    const key = `${2024 + (index % 3)}/contract ${number(index)}.pdf`;
    const sample = { bucket, key, contentType: "application/pdf" };
    const draft = await putSample(store, { ...sample, text: `Draft of contract ${index}\n` }, now);
    const kept: Attributes = {
      ...(index % 5 === 0 && { retention: { mode: "GOVERNANCE", until: now + 30 * DAY } }),
      ...(index % 20 === 7 && { legalHold: "ON" }),
    };
    const final = await putSample(store, { ...sample, text: `Contract ${index}, signed\n`, attributes: kept }, now);
    listed.push({ key, versionId: draft }, { key, versionId: final });
  }
  return listed;
}

/** Objects of the archived classes, which have to be restored before they are read. */
export async function seedTapes(store: Store, bucket: string, now: number): Promise<Listed[]> {
  const listed: Listed[] = [];
  for (let index = 0; index < 60; index += 1) {
    const key = `tapes/${1994 + (index % 12)}/reel ${number(index)}.mov`;
    const storageClass = index % 3 === 0 ? "DEEP_ARCHIVE" : "GLACIER";
    await putSample(store, { bucket, key, text: `Reel ${index}\n`, contentType: "video/quicktime", storageClass }, now);
    listed.push({ key });
  }
  return listed;
}

/** Versions with a rule of replication, to the bucket `target`. */
export async function seedScans(store: Store, bucket: string, target: string, now: number): Promise<Listed[]> {
  store.buckets.setVersioning(bucket, "Enabled");
  const listed: Listed[] = [];
  for (let index = 0; index < 40; index += 1) {
    const key = `maps/sheet ${number(index)}.tif`;
    await putSample(
      store,
      { bucket, key, text: `Scan ${index}\n`, contentType: "image/tiff", tags: [{ key: "series", value: index % 2 ? "odd" : "even" }] },
      now,
    );
    listed.push({ key });
  }
  const rule: ReplicationRule = {
    id: "maps",
    priority: 1,
    status: "Enabled",
    filter: { prefix: "maps/", tags: [] },
    deleteMarkers: "Disabled",
    bucket: `arn:aws:s3:::${target}`,
  };
  store.buckets.set(bucket, { replication: { role: "arn:aws:iam::000000000000:role/replication", rules: [rule] } });
  return listed;
}
