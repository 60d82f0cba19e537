import { readGrants } from "./object-grants.ts";
import { storageClassOf } from "./object-head.ts";
import { hasObjectLock, type Locks, lockHeaders, locksIn, readLocks, stillHolding } from "./object-locks.ts";
import type { Answer, JobContext, Steps, Task } from "./operation.ts";
import { headerOf } from "./read-answer.ts";

/** Finds the locks of objects, asking each bucket once whether it has any. */
export function createLockReader(job: JobContext): (task: Task, head: Answer) => Steps<Locks> {
  const locking = new Map<string, boolean>();
  return function* (task, head) {
    const told = locksIn(head.headers);
    let has = locking.get(task.bucket);
    if (has === undefined) {
      has = yield* hasObjectLock(task.bucket);
      locking.set(task.bucket, has);
    }
    // S3 leaves locks out of a HEAD for a role that may not read them: only asking for them tells that there are none.
    const locks = has && (told.retention === null || !told.legalHold) ? yield* readLocks(task) : told;
    return stillHolding(locks, job.now());
  };
}

/** What a copy does not take over by itself: class, grants, redirect and locks, as a request that makes an object carries them. */
export function* keptAttributes(task: Task, head: Answer, locks: Locks): Steps<Record<string, string>> {
  const storageClass = storageClassOf(head);
  const redirect = headerOf(head, "x-amz-website-redirect-location");
  return {
    ...(storageClass !== "STANDARD" && { "x-amz-storage-class": storageClass }),
    ...(redirect !== undefined && { "x-amz-website-redirect-location": redirect }),
    ...(yield* readGrants(task)),
    ...lockHeaders(locks),
  };
}
