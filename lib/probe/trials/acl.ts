import { escapeXml } from "../../s3/escape-xml.ts";
import { demandDone } from "../answers.ts";
import { demandUnknownVersionRefused, grantsOf, type Lab } from "../lab.ts";
import { noVersions, trial } from "../trial.ts";
import { damages, ignored, untried } from "../verdict.ts";
import { allUsersWithKeys } from "./objects.ts";

const canned = { method: "PUT" as const, query: { acl: "" }, headers: { "x-amz-acl": "authenticated-read" } };

const policyOf = (owner: string) =>
  `<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>${escapeXml(owner)}</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>${escapeXml(owner)}</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>`;

export const getObjectAcl = trial("GetObjectAcl", async (lab) => {
  const { owner, grants } = await grantsOf(lab, (await lab.put("object")).key);
  if (owner === "" || grants.length === 0) throw ignored("The store's answer names no owner, or no grants.");
});

export const putObjectAcl = trial("PutObjectAcl", async (lab) => {
  const { key } = await lab.put("object");
  demandDone(await lab.send({ ...canned, key }));
  const harm = await lab.damage();
  if (harm !== null) throw damages(harm);
  await lab.sees(async () =>
    (await grantsOf(lab, key)).grants.includes(allUsersWithKeys) ? null : "The store answers 200 to a canned ACL, and the ACL is as before.",
  );
  const { owner } = await grantsOf(lab, key);
  demandDone(await lab.send({ method: "PUT", key, query: { acl: "" }, headers: { "content-type": "application/xml" }, body: policyOf(owner) }));
  const afterwards = await lab.damage();
  if (afterwards !== null) throw damages(afterwards);
  await lab.sees(async () =>
    (await grantsOf(lab, key)).grants.includes(allUsersWithKeys) ? "The store answers 200 to an ACL of grants, and the ACL is as before." : null,
  );
});

const isPublic = async (lab: Lab, key: string, versionId?: string) => (await grantsOf(lab, key, versionId)).grants.includes(allUsersWithKeys);

export const putObjectVersionAcl = trial("PutObjectVersionAcl", async (lab) => {
  const { key } = await lab.put("unversioned");
  const changed = async () => ((await isPublic(lab, key)) ? "The store changed the ACL of the newest version." : null);
  await isPublic(lab, key);
  await demandUnknownVersionRefused(lab, { ...canned, key }, "change the ACL of", changed);
  if (!lab.versioned) throw untried(noVersions);
  const first = await lab.put("object", { body: "the first version" });
  lab.keepVersion(first);
  await lab.put("object", { body: "the second one" });
  demandDone(await lab.send({ ...canned, key: first.key, versionId: first.versionId }));
  if (await isPublic(lab, first.key)) throw damages("Asked to change an older version's ACL, the store changes the newest one's.");
  await lab.sees(async () => ((await isPublic(lab, first.key, first.versionId)) ? null : "The store answers 200, and the version's ACL is as before."));
});
