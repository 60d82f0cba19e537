import { type Answer, StepFailure } from "./operation.ts";
import { headerOf } from "./read-answer.ts";

const contentHeaders = ["content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires"];
const metadataPrefix = "x-amz-meta-";

/**
 * Content headers and user metadata of an object, as a request that makes another like it carries them.
 * @throws StepFailure where S3 has some that no header can carry
 */
export function metadataOf(head: Answer): Record<string, string> {
  const missing = Number(headerOf(head, "x-amz-missing-meta") ?? 0);
  if (missing > 0) {
    const message = `${missing} of the object's metadata entries cannot be read, since their characters are none that headers have`;
    throw new StepFailure({ kind: "failed", httpStatus: head.httpStatus, code: "MetadataNotReadable", message });
  }
  const names = Object.keys(head.headers).filter((name) => contentHeaders.includes(name) || name.startsWith(metadataPrefix));
  return Object.fromEntries(names.map((name) => [name, headerOf(head, name) ?? ""]));
}
