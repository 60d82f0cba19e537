import { decodeListed } from "../browse/decode-listed.ts";
import { childrenOf, textOf, type XmlElement } from "../operations/read-answer.ts";
import { documentOf, isDone } from "./answers.ts";
import type { Exchange } from "./exchange.ts";
import { bypass } from "./trials/object-lock.ts";

/**
 * Where a connection's probes work, and nobody else: connections that share a work area must not take each other's objects
 * for damage.
 */
export const areaOf = (workPrefix: string, connectionId: string): string => `${workPrefix}longshore-probe/${connectionId}/`;

/** Of one try of one run: what was taken for dead may still write. */
export const folderOf = (workPrefix: string, connectionId: string, run: { runId: string; attempt: number }): string =>
  `${areaOf(workPrefix, connectionId)}${run.runId}-${run.attempt}/`;

interface Found {
  key: string;
  versionId: string | undefined;
  modifiedMs: number;
}

const maxPages = 50;

/**
 * Deletes what is below `folder`, every version of it, and gives up the uploads there. A list is not believed: what is not
 * below the folder is left alone, whoever says that it is there. What cannot be deleted now is left for the next probe.
 * @param olderThanMs only what the store says is older than this, by its own clock
 */
export async function clear(exchange: Exchange, folder: string, olderThanMs = 0): Promise<void> {
  for (let page = 0; page < maxPages; page += 1) {
    const { found, nowMs } = await list(exchange, folder);
    const doomed = found.filter((one) => one.key.startsWith(folder) && (olderThanMs === 0 || nowMs - one.modifiedMs > olderThanMs));
    let deleted = 0;
    for (const { key, versionId } of doomed) if (await remove(exchange, key, versionId)) deleted += 1;
    // Some may be locked for some minutes: the same page would come again and again.
    if (deleted === 0 || deleted < doomed.length) break;
  }
  await abortUploads(exchange, folder, olderThanMs);
}

async function remove(exchange: Exchange, key: string, versionId: string | undefined): Promise<boolean> {
  if (isDone(await exchange.send({ method: "DELETE", key, versionId }))) return true;
  if (versionId === undefined) return false;
  // A trial that was killed may have left a lock on it.
  const hold = "<LegalHold><Status>OFF</Status></LegalHold>";
  if (isDone(await exchange.send({ method: "GET", key, versionId, query: { "legal-hold": "" } })))
    await exchange.send({ method: "PUT", key, versionId, query: { "legal-hold": "" }, headers: { "content-type": "application/xml" }, body: hold });
  return isDone(await exchange.send({ method: "DELETE", key, versionId, headers: bypass }));
}

async function list(exchange: Exchange, folder: string): Promise<{ found: Found[]; nowMs: number }> {
  const asked = { prefix: folder, "encoding-type": "url" };
  const versions = await exchange.send({ method: "GET", key: "", query: { versions: "", ...asked } });
  const page = documentOf(versions.body, "ListVersionsResult") ?? documentOf(versions.body, "ListVersionsOutput");
  if (isDone(versions) && page) {
    const found = [...childrenOf(page, "Version"), ...childrenOf(page, "DeleteMarker")].map((one) => foundOf(page, one, textOf(one.VersionId)));
    return { found, nowMs: clockOf(versions.headers.date) };
  }
  const answer = await exchange.send({ method: "GET", key: "", query: { "list-type": "2", ...asked } });
  const plain = (isDone(answer) && documentOf(answer.body, "ListBucketResult")) || {};
  return { found: childrenOf(plain, "Contents").map((one) => foundOf(plain, one, "")), nowMs: clockOf(answer.headers.date) };
}

const foundOf = (page: XmlElement, one: XmlElement, versionId: string): Found => ({
  key: textOf(page.EncodingType) === "url" ? decodeListed(textOf(one.Key)) : textOf(one.Key),
  versionId: versionId === "" || versionId === "null" ? undefined : versionId,
  modifiedMs: Date.parse(textOf(one.LastModified)),
});

/** What the store says the time is; without it, nothing is old. */
const clockOf = (date: string | undefined): number => Date.parse(date ?? "");

async function abortUploads(exchange: Exchange, folder: string, olderThanMs: number): Promise<void> {
  const answer = await exchange.send({ method: "GET", key: "", query: { uploads: "", prefix: folder } });
  const page = isDone(answer) ? documentOf(answer.body, "ListMultipartUploadsResult") : null;
  if (!page) return;
  const nowMs = clockOf(answer.headers.date);
  for (const upload of childrenOf(page, "Upload")) {
    const key = textOf(upload.Key);
    if (!key.startsWith(folder) || (olderThanMs > 0 && !(nowMs - Date.parse(textOf(upload.Initiated)) > olderThanMs))) continue;
    await exchange.send({ method: "DELETE", key, query: { uploadId: textOf(upload.UploadId) } });
  }
}
