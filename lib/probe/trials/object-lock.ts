import { textOf } from "../../operations/read-answer.ts";
import { encodeKey } from "../../s3/encode-key.ts";
import { demandDocument, demandDone, errorOf, isDone, refusal } from "../answers.ts";
import type { ProbeRequest } from "../exchange.ts";
import type { Lab, Specimen } from "../lab.ts";
import { noLocks, trial } from "../trial.ts";
import { damages, ignored, untried } from "../verdict.ts";
import { uploadInParts } from "./multipart.ts";

/** Long enough to be seen, short enough that what cannot be deleted now can be soon. GOVERNANCE only: nobody may lift COMPLIANCE. */
const keepMs = 10 * 60_000;
export const bypass = { "x-amz-bypass-governance-retention": "true" };

const until = (lab: Lab): string => new Date(Math.floor((lab.now().getTime() + keepMs) / 1000) * 1000).toISOString();
const retention = (date: string) => `<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>${date}</RetainUntilDate></Retention>`;
const setRetention = (date: string) => ({
  method: "PUT" as const,
  query: { retention: "" },
  headers: { "content-type": "application/xml" },
  body: retention(date),
});
const setHold = (status: "ON" | "OFF") => ({
  method: "PUT" as const,
  query: { "legal-hold": "" },
  headers: { "content-type": "application/xml" },
  body: `<LegalHold><Status>${status}</Status></LegalHold>`,
});

async function retentionOf(lab: Lab, key: string, versionId?: string): Promise<{ mode: string; until: number }> {
  const found = demandDocument(await lab.send({ method: "GET", key, versionId, query: { retention: "" } }), "Retention");
  return { mode: textOf(found.Mode), until: Date.parse(textOf(found.RetainUntilDate)) };
}

const holdOf = async (lab: Lab, key: string, versionId?: string): Promise<string> =>
  textOf(demandDocument(await lab.send({ method: "GET", key, versionId, query: { "legal-hold": "" } }), "LegalHold").Status);

/**
 * A bucket without Object Lock must refuse it. Some stores answer 200, and take the document for the object's new content.
 * @throws Judged always
 */
async function demandRefusedWithoutLock(lab: Lab, request: Omit<ProbeRequest, "key">): Promise<never> {
  const { key } = await lab.put("object");
  const answer = await lab.send({ ...request, key });
  const harm = await lab.damage();
  if (harm !== null) throw damages(harm);
  if (isDone(answer)) throw ignored(`The store answers ${answer.status} in a bucket that has no Object Lock.`);
  if (answer.status === 501 || errorOf(answer)?.code === "NotImplemented") throw refusal(answer);
  throw untried(noLocks);
}

/** What is locked must stay. @throws Judged "ignored" */
async function demandKept(lab: Lab, object: Specimen, by: string): Promise<void> {
  const { key, versionId } = object;
  lab.release(object);
  await lab.send({ method: "DELETE", key, versionId });
  if ((await lab.bodyOf(key, versionId)) !== object.body) throw ignored(`The store sets ${by}, and lets the version be deleted all the same.`);
}

export const objectLockConfiguration = trial("ObjectLockConfiguration", async (lab) => {
  const answer = await lab.send({ method: "GET", key: "", query: { "object-lock": "" } });
  const code = errorOf(answer)?.code ?? "";
  if (answer.status === 404 && /ObjectLockConfiguration/.test(code)) return;
  demandDocument(answer, "ObjectLockConfiguration");
});

export const putObjectRetention = trial("PutObjectRetention", async (lab) => {
  const date = until(lab);
  if (!lab.locks) return demandRefusedWithoutLock(lab, setRetention(date));
  const object = await lab.put("object");
  const { key, versionId } = object;
  demandDone(await lab.send({ ...setRetention(date), key, versionId }));
  await lab.sees(async () => {
    const found = await retentionOf(lab, key, versionId);
    return found.mode === "GOVERNANCE" && found.until === Date.parse(date) ? null : "The store answers 200, and the version's retention is another one.";
  });
  await demandKept(lab, object, "retention");
});

export const getObjectRetention = trial("GetObjectRetention", async (lab) => {
  if (!lab.locks) throw untried(noLocks);
  const { key, versionId } = await lab.put("object");
  if (isDone(await lab.send({ method: "GET", key, versionId, query: { retention: "" } })))
    throw ignored("The store tells a retention of a version that has none.");
  const date = until(lab);
  demandDone(await lab.send({ ...setRetention(date), key, versionId }));
  if ((await retentionOf(lab, key, versionId)).until !== Date.parse(date)) throw ignored("The store tells another retention than was set.");
});

export const bypassGovernance = trial("BypassGovernanceRetention", async (lab) => {
  if (!lab.locks) throw untried(noLocks);
  const object = await lab.put("object");
  const { key, versionId } = object;
  demandDone(await lab.send({ ...setRetention(until(lab)), key, versionId }));
  const shorter = setRetention(new Date(lab.now().getTime() + keepMs / 2).toISOString());
  if (isDone(await lab.send({ ...shorter, key, versionId }))) throw ignored("The store lets GOVERNANCE retention be shortened without the bypass.");
  lab.release(object);
  demandDone(await lab.send({ method: "DELETE", key, versionId, headers: bypass }));
  if ((await lab.bodyOf(key, versionId)) !== null) throw ignored("The store answers as if the version were deleted with the bypass, and it is still there.");
});

export const putObjectLegalHold = trial("PutObjectLegalHold", async (lab) => {
  if (!lab.locks) return demandRefusedWithoutLock(lab, setHold("ON"));
  const object = await lab.put("object");
  const { key, versionId } = object;
  demandDone(await lab.send({ ...setHold("ON"), key, versionId }));
  try {
    if ((await holdOf(lab, key, versionId)) !== "ON") throw ignored("The store answers 200, and there is no legal hold.");
    await demandKept(lab, object, "a legal hold");
  } finally {
    demandDone(await lab.send({ ...setHold("OFF"), key, versionId }));
  }
  if ((await holdOf(lab, key, versionId)) !== "OFF") throw ignored("The store answers 200, and the legal hold is still there.");
});

export const getObjectLegalHold = trial("GetObjectLegalHold", async (lab) => {
  if (!lab.locks) throw untried(noLocks);
  const { key, versionId } = await lab.put("object");
  demandDone(await lab.send({ ...setHold("ON"), key, versionId }));
  try {
    if ((await holdOf(lab, key, versionId)) !== "ON") throw ignored("The store does not tell the legal hold that was set.");
  } finally {
    await lab.send({ ...setHold("OFF"), key, versionId });
  }
});

const lockHeaders = (lab: Lab) => ({
  "x-amz-object-lock-mode": "GOVERNANCE",
  "x-amz-object-lock-retain-until-date": until(lab),
  "x-amz-object-lock-legal-hold": "ON",
});

/** @param write writes an object under these headers, and gives its key */
const lockWith = (write: (lab: Lab, headers: Record<string, string>) => Promise<string>, what: string) => async (lab: Lab) => {
  if (!lab.locks) throw untried(noLocks);
  const headers = lockHeaders(lab);
  const key = await write(lab, headers);
  try {
    const { mode, until: date } = await retentionOf(lab, key).catch(() => ({ mode: "", until: 0 }));
    if (mode !== "GOVERNANCE" || date !== Date.parse(headers["x-amz-object-lock-retain-until-date"]))
      throw ignored(`The store answers 200 and drops the retention of ${what}.`);
    const hold = await holdOf(lab, key).catch(() => "");
    if (hold !== "ON") throw ignored(`The store answers 200 and drops the legal hold of ${what}.`);
  } finally {
    await lab.send({ ...setHold("OFF"), key });
  }
};

export const putObjectLock = trial(
  "PutObjectLock",
  lockWith(async (lab, headers) => (await lab.put("object", { headers })).key, "an object that is written"),
);

export const copyObjectLock = trial(
  "CopyObjectLock",
  lockWith(async (lab, headers) => {
    const { key } = await lab.put("object");
    const target = lab.keyOf("copy");
    demandDone(await lab.send({ method: "PUT", key: target, headers: { "x-amz-copy-source": `/${lab.bucket}/${encodeKey(key)}`, ...headers } }));
    return target;
  }, "a copy"),
);

export const multipartUploadLock = trial(
  "MultipartUploadLock",
  lockWith((lab, headers) => uploadInParts(lab, "one part of an object", headers), "an upload in parts"),
);
