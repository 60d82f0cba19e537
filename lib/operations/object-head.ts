import { type Answer, type Attribute, StepFailure, type Steps, type Task } from "./operation.ts";
import { headerOf } from "./read-answer.ts";

/** What S3 says of an object without its bytes. */
export function* headObject({ bucket, key, versionId, role }: Place, headers: Record<string, string> = {}): Steps<Answer> {
  return yield { method: "HEAD", bucket, key, versionId, query: {}, headers, body: "", wantsAnswer: true, ...(role !== undefined && { role }) };
}

/** An object, perhaps in the store of another role. */
export interface Place extends Task {
  role?: string | undefined;
}

/** The same; null for an object that is not there. */
export function* headIfThere(task: Place): Steps<Answer | null> {
  try {
    return yield* headObject(task);
  } catch (error) {
    if (error instanceof StepFailure && error.outcome.httpStatus === 404) return null;
    throw error;
  }
}

/** The same; null for a role that may write the object but not read it. */
export function* headIfAllowed(place: Place): Steps<Answer | null> {
  try {
    return yield* headObject(place);
  } catch (error) {
    if (error instanceof StepFailure && error.outcome.httpStatus === 403) return null;
    throw error;
  }
}

export const sizeOf = (head: Answer): number => Number(headerOf(head, "content-length") ?? 0);

/** S3 leaves the header out for STANDARD. */
export const storageClassOf = (head: Answer): string => headerOf(head, "x-amz-storage-class") ?? "STANDARD";

/** "1,234 bytes" */
export const sizeWords = (head: Answer): string => `${sizeOf(head).toLocaleString("en")} ${sizeOf(head) === 1 ? "byte" : "bytes"}`;

/** Of an object, for people. */
export const objectAttributes = (head: Answer, changed: { storageClass?: string | undefined } = {}): Attribute[] => [
  { name: "Size", value: sizeWords(head) },
  { name: "Storage class", value: changed.storageClass ?? storageClassOf(head) },
];
