import { putTags } from "../../operations/object-tags.ts";
import { demandDone } from "../answers.ts";
import { demandUnknownVersionRefused, type Lab, type Specimen } from "../lab.ts";
import { noVersions, trial } from "../trial.ts";
import { damages, ignored, untried } from "../verdict.ts";

const tags = { "probe one": "a b+c", "k\u00f6pr\u00fc": "=@:/" };
const request = putTags(Object.entries(tags).map(([Key, Value]) => ({ Key, Value })));
const others = putTags([{ Key: "before", Value: "1" }]);

const isSame = (found: Record<string, string>, wanted: Record<string, string>): boolean =>
  JSON.stringify(Object.entries(found).sort()) === JSON.stringify(Object.entries(wanted).sort());

const tag = async (lab: Lab, key: string, versionId?: string, put = request) => demandDone(await lab.send({ ...put, key, versionId }));

export const putObjectTagging = trial("PutObjectTagging", async (lab) => {
  const plain = await lab.put("object");
  await tag(lab, plain.key, undefined, others);
  await tag(lab, plain.key);
  await lab.sees(async () =>
    isSame(await lab.tagsOf(plain.key), tags) ? null : "The store answers 200, and the object's tags are not those that it was given.",
  );
  // The path of ?tagging is often parsed by code of its own.
  for (const [odd, decoy] of [
    ["a+b c%20", "a+b c "],
    ["x//y", "x/y"],
    ["q?r#s&t", "q"],
  ] as const) {
    const untouched = await lab.put(decoy);
    const object = await lab.put(odd);
    await tag(lab, object.key);
    await lab.sees(async () => (isSame(await lab.tagsOf(object.key), tags) ? null : "An object with an odd key does not get the tags that it was given."));
    if (!isSame(await lab.tagsOf(untouched.key), {})) throw damages("Asked to tag an object with an odd key, the store tags another one.");
  }
});

export const getObjectTagging = trial("GetObjectTagging", async (lab) => {
  const { key } = await lab.put("object");
  if (!isSame(await lab.tagsOf(key), {})) throw ignored("The store tells tags of an object that has none.");
  await tag(lab, key);
  await lab.sees(async () => (isSame(await lab.tagsOf(key), tags) ? null : "The store tells other tags than the object was given."));
});

export const deleteObjectTagging = trial("DeleteObjectTagging", async (lab) => {
  const object = await lab.put("object");
  await tag(lab, object.key);
  demandDone(await lab.send({ method: "DELETE", key: object.key, query: { tagging: "" } }));
  const harm = await lab.damage();
  if (harm !== null) throw damages(harm);
  await lab.sees(async () => (isSame(await lab.tagsOf(object.key), {}) ? null : "The store says that the tags are deleted, and they are still there."));
});

async function putTagged(lab: Lab, name: string, body?: string): Promise<Specimen> {
  const object = await lab.put(name, body === undefined ? {} : { body });
  await tag(lab, object.key, undefined, others);
  await lab.sees(async () =>
    isSame(await lab.tagsOf(object.key), { before: "1" }) ? null : "The store answers 200, and the object's tags are not those that it was given.",
  );
  return object;
}

/** Two versions of one object, both with tags. */
async function twoVersions(lab: Lab) {
  const first = await putTagged(lab, "object", "the first version");
  lab.keepVersion(first);
  return { first, second: await putTagged(lab, "object", "the second one") };
}

const changedTags = async (lab: Lab, key: string): Promise<string | null> =>
  isSame(await lab.tagsOf(key), { before: "1" }) ? null : "The store changed the tags of the newest version.";

async function demandNewestUntouched(lab: Lab, key: string): Promise<void> {
  const changed = await changedTags(lab, key);
  if (changed !== null) throw damages(`Asked to change an older version's tags: ${changed}`);
}

export const getObjectVersionTagging = trial("GetObjectVersionTagging", async (lab) => {
  const { key } = await lab.put("unversioned");
  await demandUnknownVersionRefused(lab, { method: "GET", key, query: { tagging: "" } }, "read the tags of");
  if (!lab.versioned) throw untried(noVersions);
  const { first } = await twoVersions(lab);
  await tag(lab, first.key);
  await lab.sees(async () =>
    isSame(await lab.tagsOf(first.key, first.versionId), { before: "1" }) ? null : "The store tells the newest version's tags for an older one.",
  );
});

export const putObjectVersionTagging = trial("PutObjectVersionTagging", async (lab) => {
  const { key } = await putTagged(lab, "unversioned");
  await demandUnknownVersionRefused(lab, { ...request, key }, "tag", () => changedTags(lab, key));
  if (!lab.versioned) throw untried(noVersions);
  const { first } = await twoVersions(lab);
  await tag(lab, first.key, first.versionId);
  await demandNewestUntouched(lab, first.key);
  await lab.sees(async () =>
    isSame(await lab.tagsOf(first.key, first.versionId), tags) ? null : "The store answers 200, and the version's tags are not those that it was given.",
  );
});

export const deleteObjectVersionTagging = trial("DeleteObjectVersionTagging", async (lab) => {
  const { key } = await putTagged(lab, "unversioned");
  await demandUnknownVersionRefused(lab, { method: "DELETE", key, query: { tagging: "" } }, "delete the tags of", () => changedTags(lab, key));
  if (!lab.versioned) throw untried(noVersions);
  const { first } = await twoVersions(lab);
  demandDone(await lab.send({ method: "DELETE", key: first.key, versionId: first.versionId, query: { tagging: "" } }));
  await demandNewestUntouched(lab, first.key);
  await lab.sees(async () =>
    isSame(await lab.tagsOf(first.key, first.versionId), {}) ? null : "The store says that the version's tags are deleted, and they are still there.",
  );
});
