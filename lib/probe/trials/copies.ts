import { putTags } from "../../operations/object-tags.ts";
import { encodeKey } from "../../s3/encode-key.ts";
import { demandDone, documentOf, isDone, refusal } from "../answers.ts";
import type { Capability } from "../capability.ts";
import type { ProbeAnswer } from "../exchange.ts";
import { grantsOf, type Lab, metaHeader, metaValue, noSuchVersion, type Specimen } from "../lab.ts";
import { noVersions, type Trial, trial } from "../trial.ts";
import { damages, ignored, untried } from "../verdict.ts";
import { allUsersWithKeys } from "./objects.ts";

const sourceOf = (lab: Lab, { key }: Specimen, versionId?: string) =>
  `/${lab.bucket}/${encodeKey(key)}${versionId === undefined ? "" : `?versionId=${versionId}`}`;

const send = (lab: Lab, source: Specimen, key: string, headers: Record<string, string> = {}, versionId?: string): Promise<ProbeAnswer> =>
  lab.send({ method: "PUT", key, headers: { "x-amz-copy-source": sourceOf(lab, source, versionId), ...headers } });

/** @throws Judged where the copy is not the source's bytes */
async function copy(lab: Lab, source: Specimen, headers: Record<string, string> = {}, versionId?: string): Promise<string> {
  const key = lab.keyOf("copy");
  const answer = demandDone(await send(lab, source, key, headers, versionId));
  await lab.sees(async () => ((await lab.bodyOf(key)) === source.body ? null : "The store answers 200, and the copy does not have the object's bytes."));
  if (!documentOf(answer.body, "CopyObjectResult")) throw ignored("The store copies, and answers with something else than a CopyObjectResult.");
  return key;
}

/** Tags that the store keeps at all; null where it has none. */
async function tagsIfAny(lab: Lab, key: string): Promise<Record<string, string> | null> {
  return lab.tagsOf(key).catch(() => null);
}

/** A source with a tag; one without, where the store has no tags, or spoils what it tags: other trials are about that. */
async function taggedSource(lab: Lab): Promise<{ source: Specimen; tagged: boolean }> {
  const source = await lab.put("object");
  const tagging = { ...putTags([{ Key: "carried", Value: "1" }]), key: source.key };
  const done = await lab.send(tagging).then(isDone, () => false);
  if ((await lab.damage()) === null) return { source, tagged: done && (await tagsIfAny(lab, source.key))?.carried === "1" };
  lab.release(source);
  return { source: await lab.put("another"), tagged: false };
}

export const copyObject = trial("CopyObject", async (lab) => {
  const { source, tagged } = await taggedSource(lab);
  const key = await copy(lab, source);
  const { headers } = await lab.head(key);
  if (headers["content-type"] !== "text/x-probe" || headers[metaHeader] !== metaValue) throw ignored("The store copies an object without its metadata.");
  if (tagged && (await tagsIfAny(lab, key))?.carried !== "1") throw ignored("The store copies an object without its tags.");
});

export const copyObjectVersion = trial("CopyObjectVersion", async (lab) => {
  const first = await lab.put("object", { body: "the first version" });
  const unknown = await send(lab, first, lab.keyOf("unknown"), {}, noSuchVersion);
  if (isDone(unknown)) throw ignored(`Asked to copy a version that does not exist, the store answers ${unknown.status} and copies another one.`);
  if (!lab.versioned) throw untried(noVersions);
  lab.keepVersion(first);
  await lab.put("object", { body: "the second one" });
  await copy(lab, first, {}, first.versionId);
});

export const copyObjectInPlace = trial("CopyObjectInPlace", async (lab) => {
  const source = await lab.put("object");
  demandDone(
    await send(lab, source, source.key, {
      "x-amz-metadata-directive": "REPLACE",
      "content-type": "text/x-probe",
      "x-amz-meta-new": "1",
      [metaHeader]: metaValue,
    }),
  );
  const harm = await lab.damage();
  if (harm !== null) throw damages(harm);
  if ((await lab.head(source.key)).headers["x-amz-meta-new"] !== "1") throw ignored("The store answers 200, and the object's metadata is as before.");
});

export const copyObjectMetadata = trial("CopyObjectMetadata", async (lab) => {
  const key = await copy(lab, await lab.put("object"), { "x-amz-metadata-directive": "REPLACE", "content-type": "text/x-other", "x-amz-meta-new": "1" });
  const { headers } = await lab.head(key);
  if (headers["x-amz-meta-new"] !== "1" || headers["content-type"] !== "text/x-other") throw ignored("The store ignores new metadata and copies the old.");
  if (headers[metaHeader] !== undefined) throw ignored("The store adds new metadata to the old instead of replacing it.");
});

export const copyObjectTags = trial("CopyObjectTags", async (lab) => {
  const key = await copy(lab, await lab.put("object"), { "x-amz-tagging-directive": "REPLACE", "x-amz-tagging": "new=1" });
  await lab.sees(async () => ((await lab.tagsOf(key)).new === "1" ? null : "The store ignores the tagging directive: the copy does not get the new tags."));
});

export const copyObjectAcl = trial("CopyObjectAcl", async (lab) => {
  const key = await copy(lab, await lab.put("object"), { "x-amz-acl": "authenticated-read" });
  if (!(await grantsOf(lab, key)).grants.includes(allUsersWithKeys)) throw ignored("The store ignores the ACL of a copy.");
});

const someClasses = ["STANDARD_IA", "GLACIER_IR", "GLACIER", "INTELLIGENT_TIERING"];

export const copyObjectStorageClass = trial("CopyObjectStorageClass", async (lab) => {
  const source = await lab.put("object");
  let last: ProbeAnswer | null = null;
  for (const storageClass of someClasses) {
    const key = lab.keyOf(storageClass);
    last = await send(lab, source, key, { "x-amz-storage-class": storageClass });
    if (!isDone(last)) continue;
    if ((await lab.head(key)).headers["x-amz-storage-class"] !== storageClass)
      throw ignored(`The store takes the storage class ${storageClass}, and does not keep it.`);
    return storageClass === someClasses[0]
      ? undefined
      : `${storageClass} is taken; ${someClasses.slice(0, someClasses.indexOf(storageClass)).join(" and ")} not.`;
  }
  throw refusal(last as ProbeAnswer);
});

/** A header of a copy that HEAD has to tell afterwards. */
const copyTold = (capability: Capability, header: string, value: string, told: { header: string; value: string | null; ask?: Record<string, string> }): Trial =>
  trial(capability, async (lab) => {
    const key = await copy(lab, await lab.put("object"), { [header]: value });
    const found = (await lab.send({ method: "HEAD", key, headers: told.ask ?? {} })).headers[told.header];
    if (told.value === null ? found === undefined : found !== told.value) throw ignored(`The store answers 200 and ignores ${header}.`);
  });

export const copyObjectEncryption = copyTold("CopyObjectEncryption", "x-amz-server-side-encryption", "AES256", {
  header: "x-amz-server-side-encryption",
  value: "AES256",
});
export const copyObjectKmsEncryption = copyTold("CopyObjectKmsEncryption", "x-amz-server-side-encryption", "aws:kms", {
  header: "x-amz-server-side-encryption",
  value: "aws:kms",
});
export const copyObjectRedirect = copyTold("CopyObjectRedirect", "x-amz-website-redirect-location", "/elsewhere", {
  header: "x-amz-website-redirect-location",
  value: "/elsewhere",
});
export const copyObjectChecksum = copyTold("CopyObjectChecksum", "x-amz-checksum-algorithm", "SHA256", {
  header: "x-amz-checksum-sha256",
  value: null,
  ask: { "x-amz-checksum-mode": "ENABLED" },
});

export const copyObjectDates = trial("CopyObjectDates", async (lab) => {
  const source = await lab.put("object");
  const modified = (await lab.head(source.key)).headers["last-modified"] ?? "";
  const past = "Sat, 01 Jan 2000 00:00:00 GMT";
  await copy(lab, source, { "x-amz-copy-source-if-modified-since": past });
  if (isDone(await send(lab, source, lab.keyOf("changed"), { "x-amz-copy-source-if-unmodified-since": past })))
    throw ignored("The store copies an object that was modified since the time that it must not have been.");
  if (isDone(await send(lab, source, lab.keyOf("unchanged"), { "x-amz-copy-source-if-modified-since": modified })))
    throw ignored("The store copies an object that was not modified since the time that it must have been.");
});

export const copyObjectIfMatch = trial("CopyObjectIfMatch", async (lab) => {
  const source = await lab.put("object");
  await copy(lab, source, { "x-amz-copy-source-if-match": source.etag });
  if (isDone(await send(lab, source, lab.keyOf("other"), { "x-amz-copy-source-if-match": '"00000000000000000000000000000000"' })))
    throw ignored("The store copies an object of another ETag than the one that is asked for.");
});
