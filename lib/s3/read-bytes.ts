import { type Bytes, StepFailure, StepRetry } from "../operations/operation.ts";
import { isTrouble, noAnswer, type StreamClient } from "./stream-client.ts";

/**
 * Exactly the bytes that were asked for, of the object as it was: a store that ignores Range or If-Match is found out.
 * @throws StepFailure, StepRetry
 */
export async function* readBytes(
  client: StreamClient,
  { bucket, key, versionId, etag, from, length, whole, headers }: Bytes,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const range: Record<string, string> = whole ? {} : { range: `bytes=${from}-${from + length - 1}` };
  const request = { method: "GET" as const, bucket, key, versionId, query: {}, headers: { ...headers, "if-match": etag, ...range }, body: "" };
  const answer = await client.get(request, signal);
  try {
    const failure = (code: string, message: string) => new StepFailure({ kind: "failed", httpStatus: answer.httpStatus, code, message });
    if (answer.headers.etag !== undefined && unquoted(answer.headers.etag) !== unquoted(etag)) {
      throw failure("PreconditionFailed", "The object was changed while it was being read");
    }
    if (!whole && !String(answer.headers["content-range"] ?? "").startsWith(`bytes ${from}-${from + length - 1}/`)) {
      throw failure("UnexpectedResponse", "The endpoint does not give parts of an object: it ignores the Range of a GetObject");
    }
    let read = 0;
    for await (const piece of answer.body) {
      read += (piece as Uint8Array).length;
      if (read > length) break;
      yield piece as Uint8Array;
    }
    if (read !== length) {
      throw new StepRetry(
        { away: false, httpStatus: answer.httpStatus, code: "IncompleteBody", message: `The endpoint gave other than ${length} bytes` },
        true,
      );
    }
  } catch (error) {
    throw isTrouble(error) ? error : noAnswer(error, true);
  } finally {
    answer.body.destroy();
  }
}

export const unquoted = (etag: string | string[]): string => String(etag).replace(/^(W\/)?"(.*)"$/, "$2");
