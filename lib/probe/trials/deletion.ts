import { childrenOf } from "../../operations/read-answer.ts";
import { escapeXml } from "../../s3/escape-xml.ts";
import { demandDocument, demandDone } from "../answers.ts";
import { demandUnknownVersionRefused, type Lab, noSuchVersion, type Specimen } from "../lab.ts";
import { noVersions, trial } from "../trial.ts";
import { damages, ignored, untried } from "../verdict.ts";

const isGone = async (lab: Lab, key: string, versionId?: string): Promise<string | null> =>
  (await lab.bodyOf(key, versionId)) === null ? null : "The store says that it is deleted, and it is still there.";

/** One of each pair is deleted, and the other one must stay. */
const pairs = [
  ["a b", "a+b"],
  ["p%20q", "p q"],
  ["x//y", "x/y"],
  [`t&u<v>"w'`, "t"],
  ["k\u00f6pr\u00fc/\u2638", "k"],
] as const;

async function writePairs(lab: Lab): Promise<Specimen[]> {
  const doomed: Specimen[] = [];
  for (const [one, other] of pairs) {
    await lab.put(other);
    doomed.push(await lab.put(one));
  }
  for (const specimen of doomed) lab.release(specimen);
  return doomed;
}

async function demandOnlyTheseGone(lab: Lab, doomed: readonly Specimen[]): Promise<void> {
  const harm = await lab.damage();
  if (harm !== null) throw damages(`Asked to delete other objects: ${harm}`);
  for (const { key } of doomed) await lab.sees(() => isGone(lab, key));
}

export const deleteObject = trial("DeleteObject", async (lab) => {
  const doomed = await writePairs(lab);
  for (const { key } of doomed) demandDone(await lab.send({ method: "DELETE", key }));
  await demandOnlyTheseGone(lab, doomed);
});

export const deleteObjectVersion = trial("DeleteObjectVersion", async (lab) => {
  const object = await lab.put("unversioned");
  await demandUnknownVersionRefused(lab, { method: "DELETE", key: object.key }, "delete");
  if (!lab.versioned) throw untried(noVersions);
  const first = await lab.put("object", { body: "the first version" });
  await lab.put("object", { body: "the second one" });
  demandDone(await lab.send({ method: "DELETE", key: first.key, versionId: first.versionId }));
  const harm = await lab.damage();
  if (harm !== null) throw damages(`Asked to delete an older version: ${harm}`);
  await lab.sees(() => isGone(lab, first.key, first.versionId));
});

const deleteMany = async (lab: Lab, objects: readonly { key: string; versionId?: string | undefined }[]) => {
  const xml = objects.map(
    ({ key, versionId }) => `<Object><Key>${escapeXml(key)}</Key>${versionId === undefined ? "" : `<VersionId>${versionId}</VersionId>`}</Object>`,
  );
  const body = `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${xml.join("")}</Delete>`;
  return demandDocument(
    await lab.send({ method: "POST", key: "", query: { delete: "" }, headers: { "content-type": "application/xml" }, body }),
    "DeleteResult",
  );
};

export const deleteObjects = trial("DeleteObjects", async (lab) => {
  const doomed = await writePairs(lab);
  const result = await deleteMany(lab, doomed);
  await demandOnlyTheseGone(lab, doomed);
  if (childrenOf(result, "Deleted").length !== doomed.length) throw ignored("The store deletes, and does not answer with a result for each key.");
});

export const deleteObjectsVersion = trial("DeleteObjectsVersion", async (lab) => {
  const object = await lab.put("unversioned");
  await deleteMany(lab, [{ key: object.key, versionId: noSuchVersion }]);
  const harm = await lab.damage();
  if (harm !== null) throw damages(`Asked to delete a version that does not exist: ${harm}`);
  if (!lab.versioned) throw untried(noVersions);
  const first = await lab.put("object", { body: "the first version" });
  await lab.put("object", { body: "the second one" });
  await deleteMany(lab, [first]);
  const afterwards = await lab.damage();
  if (afterwards !== null) throw damages(`Asked to delete an older version: ${afterwards}`);
  await lab.sees(() => isGone(lab, first.key, first.versionId));
});
