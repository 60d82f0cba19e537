import { createHash } from "node:crypto";
import { demandDone, isDone, refusal } from "../answers.ts";
import { demandUnknownVersionRefused, grantsOf, metaHeader, metaValue } from "../lab.ts";
import { noVersions, trial } from "../trial.ts";
import { damages, ignored, untried } from "../verdict.ts";

export const putObject = trial("PutObject", async (lab) => {
  const { key, body } = await lab.put("object");
  await lab.sees(async () => ((await lab.bodyOf(key)) === body ? null : "The store takes an object and does not give it back as it was."));
  const second = await lab.put("object", { body: `${body} written anew` });
  await lab.sees(async () => ((await lab.bodyOf(key)) === second.body ? null : "The store does not replace an object that is written again."));
});

export const getObject = trial("GetObject", async (lab) => {
  const { key, body } = await lab.put("object");
  const answer = demandDone(await lab.send({ method: "GET", key }));
  if (answer.body !== body) throw ignored("The store gives back something else than what was written.");
  const nothing = await lab.send({ method: "GET", key: `${key} that is not there` });
  if (isDone(nothing)) throw ignored(`The store answers ${nothing.status} for an object that is not there.`);
});

export const getObjectRange = trial("GetObjectRange", async (lab) => {
  const { key, body, etag } = await lab.put("object");
  const part = demandDone(await lab.send({ method: "GET", key, headers: { range: "bytes=2-9", "if-match": etag } }));
  if (part.status !== 206 || part.body !== body.slice(2, 10)) throw ignored(`Asked for 8 bytes, the store answers ${part.status} with other ones.`);
  const other = await lab.send({ method: "GET", key, headers: { "if-match": '"00000000000000000000000000000000"' } });
  if (isDone(other)) throw ignored("The store gives an object of another ETag than the one that If-Match names.");
});

export const getObjectVersion = trial("GetObjectVersion", async (lab) => {
  const first = await lab.put("object", { body: "the first version" });
  await demandUnknownVersionRefused(lab, { method: "GET", key: first.key }, "read");
  await demandUnknownVersionRefused(lab, { method: "HEAD", key: first.key }, "look at");
  if (!lab.versioned) throw untried(noVersions);
  lab.keepVersion(first);
  await lab.put("object", { body: "the second one" });
  const answer = demandDone(await lab.send({ method: "GET", key: first.key, versionId: first.versionId }));
  if (answer.body !== first.body) throw ignored("The store gives another version than the one that is asked for.");
  const head = demandDone(await lab.head(first.key, first.versionId));
  if (Number(head.headers["content-length"]) !== first.body.length) throw ignored("The store tells of another version than the one that is asked for.");
});

export const headObject = trial("HeadObject", async (lab) => {
  const { key, body } = await lab.put("object");
  const { headers } = demandDone(await lab.head(key));
  if (Number(headers["content-length"]) !== body.length) throw ignored("The store tells another size than the object has.");
  if (headers["content-type"] !== "text/x-probe") throw ignored("The store does not keep the content type.");
  if (headers[metaHeader] !== metaValue) throw ignored("The store does not keep user metadata.");
  if (isDone(await lab.head(`${key} that is not there`))) throw ignored("The store tells of an object that is not there.");
});

export const putObjectTags = trial("PutObjectTags", async (lab) => {
  const { key } = await lab.put("object", { headers: { "x-amz-tagging": "probe=with%20tags" } });
  await lab.sees(async () => ((await lab.tagsOf(key)).probe === "with tags" ? null : "The store answers 200 and drops the tags that come with an object."));
});

export const allUsersWithKeys = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers READ";

export const putObjectAclHeader = trial("PutObjectAclHeader", async (lab) => {
  const { key } = await lab.put("object", { headers: { "x-amz-acl": "authenticated-read" } });
  const { grants } = await grantsOf(lab, key);
  if (!grants.includes(allUsersWithKeys)) throw ignored("The store answers 200 and drops the ACL that comes with an object.");
});

export const putObjectEncryption = trial("PutObjectEncryption", async (lab) => {
  const { key } = await lab.put("object", { headers: { "x-amz-server-side-encryption": "AES256" } });
  const told = (await lab.head(key)).headers["x-amz-server-side-encryption"];
  if (told !== "AES256") throw ignored("The store answers 200 and does not say that the object is encrypted.");
});

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");

export const putObjectChecksum = trial("PutObjectChecksum", async (lab) => {
  const key = lab.keyOf("wrong");
  const wrong = await lab.send({ method: "PUT", key, headers: { "x-amz-checksum-sha256": sha256("another text") }, body: "a text" });
  if (wrong.status === 501) throw refusal(wrong);
  if (isDone(wrong)) throw ignored("The store takes a body that its checksum does not fit.");
  if ((await lab.bodyOf(key)) !== null) throw damages("The store refuses a body that its checksum does not fit, and keeps it.");
  const right = await lab.put("right", { body: "a text", headers: { "x-amz-checksum-sha256": sha256("a text") } });
  const head = await lab.send({ method: "HEAD", key: right.key, headers: { "x-amz-checksum-mode": "ENABLED" } });
  if (head.headers["x-amz-checksum-sha256"] !== sha256("a text")) throw ignored("The store checks a checksum and does not tell it afterwards.");
});
