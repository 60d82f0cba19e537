import { textOf } from "../../operations/read-answer.ts";
import { encodeKey } from "../../s3/encode-key.ts";
import { escapeXml } from "../../s3/escape-xml.ts";
import { demandDocument, demandDone, isDone } from "../answers.ts";
import type { Lab, Specimen } from "../lab.ts";
import { trial } from "../trial.ts";
import { ignored } from "../verdict.ts";

/** S3 allows smaller parts only at the end. */
const partBytes = 5 * 1024 * 1024;
const noEtag = '"00000000000000000000000000000000"';

export async function begin(lab: Lab, key: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await lab.send({ method: "POST", key, query: { uploads: "" }, headers });
  const uploadId = textOf(demandDocument(answer, "InitiateMultipartUploadResult").UploadId);
  if (uploadId === "") throw ignored("The store begins an upload in parts and gives no id for it.");
  return uploadId;
}

const abort = (lab: Lab, key: string, uploadId: string) => lab.send({ method: "DELETE", key, query: { uploadId } });

const complete = async (lab: Lab, key: string, uploadId: string, etags: readonly string[]) => {
  const parts = etags.map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escapeXml(etag)}</ETag></Part>`).join("");
  return demandDone(await lab.send({ method: "POST", key, query: { uploadId }, body: `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>` }));
};

/** Uploads `body` as the one part of an upload. @returns the object's key */
export async function uploadInParts(lab: Lab, body: string, headers: Record<string, string> = {}): Promise<string> {
  const key = lab.keyOf("in parts");
  const uploadId = await begin(lab, key, headers);
  try {
    const part = demandDone(await lab.send({ method: "PUT", key, query: { partNumber: "1", uploadId }, body }));
    await complete(lab, key, uploadId, [part.headers.etag ?? ""]);
  } catch (error) {
    await abort(lab, key, uploadId);
    throw error;
  }
  await lab.sees(async () => ((await lab.bodyOf(key)) === body ? null : "The store completes an upload, and the object does not have its bytes."));
  return key;
}

export const multipartUpload = trial("MultipartUpload", async (lab) => {
  await uploadInParts(lab, "one part of an object");
  const key = lab.keyOf("given up");
  const uploadId = await begin(lab, key);
  await lab.send({ method: "PUT", key, query: { partNumber: "1", uploadId }, body: "a part" });
  if ((await lab.bodyOf(key)) !== null) throw ignored("The store shows an object before its upload is complete.");
  demandDone(await abort(lab, key, uploadId));
});

export const multipartUploadTags = trial("MultipartUploadTags", async (lab) => {
  const key = await uploadInParts(lab, "one part of an object", { "x-amz-tagging": "probe=1" });
  const tags = () => lab.tagsOf(key).catch((): Record<string, string> => ({}));
  await lab.sees(async () => ((await tags()).probe === "1" ? null : "The store drops the tags that an upload in parts is begun with."));
});

const copyPart = (lab: Lab, key: string, uploadId: string, number: number, source: Specimen, headers: Record<string, string>) =>
  lab.send({
    method: "PUT",
    key,
    query: { partNumber: String(number), uploadId },
    headers: { "x-amz-copy-source": `/${lab.bucket}/${encodeKey(source.key)}`, ...headers },
  });

export const uploadPartCopy = trial("UploadPartCopy", async (lab) => {
  const source = await lab.put("large", { body: `${"part one".repeat(partBytes / 8)}part two` });
  const key = lab.keyOf("in parts");
  const uploadId = await begin(lab, key);
  try {
    const etags: string[] = [];
    for (const [index, range] of [`bytes=0-${partBytes - 1}`, `bytes=${partBytes}-${source.body.length - 1}`].entries()) {
      const answer = await copyPart(lab, key, uploadId, index + 1, source, { "x-amz-copy-source-range": range });
      etags.push(textOf(demandDocument(answer, "CopyPartResult").ETag));
    }
    await complete(lab, key, uploadId, etags);
  } catch (error) {
    await abort(lab, key, uploadId);
    throw error;
  }
  const made = demandDone(await lab.send({ method: "GET", key, maxBytes: source.body.length + 1 }));
  if (made.body !== source.body) throw ignored("The store completes a copy in parts, and it does not have the object's bytes.");
});

export const uploadPartCopyIfMatch = trial("UploadPartCopyIfMatch", async (lab) => {
  const source = await lab.put("object");
  const key = lab.keyOf("in parts");
  const uploadId = await begin(lab, key);
  try {
    demandDone(await copyPart(lab, key, uploadId, 1, source, { "x-amz-copy-source-if-match": source.etag }));
    if (isDone(await copyPart(lab, key, uploadId, 1, source, { "x-amz-copy-source-if-match": noEtag })))
      throw ignored("The store copies a part of an object of another ETag than the one that is asked for.");
  } finally {
    await abort(lab, key, uploadId);
  }
});
