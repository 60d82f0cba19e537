import { headObject } from "./object-head.ts";
import { type Answer, StepFailure, type Steps, type Task } from "./operation.ts";
import { headerOf } from "./read-answer.ts";

/**
 * What S3 says of a task's object, which is to be the newest one of its key: a copy of an older version would take its place.
 * @throws StepFailure NotCurrentVersion
 */
export function* headCurrent({ bucket, key, versionId }: Task): Steps<Answer> {
  const head = yield* headObject({ bucket, key });
  // A bucket that never had versions names none.
  const current = headerOf(head, "x-amz-version-id") ?? "null";
  if (versionId === undefined || versionId === current) return head;
  const message = `There is a newer version of the object than ${versionId}, and a copy of this one would take its place`;
  throw new StepFailure({ kind: "failed", httpStatus: head.httpStatus, code: "NotCurrentVersion", message });
}
