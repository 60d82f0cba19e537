import { createHash } from "node:crypto";
import { type Answer, type Bytes, StepRetry, type TaskRequest } from "../operations/operation.ts";
import { readBytes, unquoted } from "./read-bytes.ts";
import type { StreamClient } from "./stream-client.ts";

const md5Pattern = /^[0-9a-f]{32}$/;

/**
 * Reads bytes here and writes them there, piece by piece. What arrived is known by its MD5, where the ETag is one.
 * @param request of the body, without it
 * @throws StepFailure, StepRetry
 */
export async function carryBytes(from: StreamClient, to: StreamClient, source: Bytes, request: TaskRequest, signal: AbortSignal): Promise<Answer> {
  const md5 = createHash("md5");
  const read = unquoted(source.etag);
  const isMd5 = source.whole && md5Pattern.test(read) && !source.encrypted;
  // The store then refuses what was damaged on its way.
  const known = isMd5 ? Buffer.from(read, "hex").toString("base64") : null;
  const bytes = (async function* () {
    for await (const piece of readBytes(from, source, signal)) {
      md5.update(piece);
      yield piece;
    }
  })();
  const answer = await to.put(known === null ? request : { ...request, headers: { ...request.headers, "content-md5": known } }, bytes, source.length, signal);
  const sent = md5.digest("hex");
  const damaged = (where: string, ofSource: boolean) =>
    new StepRetry({ away: false, httpStatus: answer.httpStatus, code: "BodyDamaged", message: `The bytes are not the object's ${where}` }, ofSource);
  if (isMd5 && read !== sent) throw damaged("as they were read", true);
  const written = unquoted(answer.headers.etag ?? "");
  if (md5Pattern.test(written) && written !== sent && !isEncrypted(answer.headers)) throw damaged("as they were written", false);
  return answer;
}

/** Its ETag is no MD5 then. */
export const isEncrypted = (headers: Answer["headers"]): boolean =>
  String(headers["x-amz-server-side-encryption"] ?? "").startsWith("aws:kms") || headers["x-amz-server-side-encryption-customer-algorithm"] !== undefined;
