import { headIfAllowed, type Place } from "./object-head.ts";
import { putLegalHold, putRetention } from "./object-lock.ts";
import { type Answer, StepFailure, type Steps } from "./operation.ts";
import { headerOf, parseAnswer, textOf } from "./read-answer.ts";

/** What keeps an object from being deleted; a date is ISO 8601 in UTC. */
export interface Locks {
  retention: { mode: string; until: string } | null;
  legalHold: boolean;
}

const modeHeader = "x-amz-object-lock-mode";
const untilHeader = "x-amz-object-lock-retain-until-date";
const holdHeader = "x-amz-object-lock-legal-hold";

export const noLocks: Locks = { retention: null, legalHold: false };

/** As a request that makes an object carries them, and as S3 tells of one that is there. */
export const lockHeaders = ({ retention, legalHold }: Locks): Record<string, string> => ({
  ...(retention && { [modeHeader]: retention.mode, [untilHeader]: retention.until }),
  ...(legalHold && { [holdHeader]: "ON" }),
});

export function locksIn(headers: Answer["headers"]): Locks {
  const answer = { httpStatus: 200, headers, body: "" };
  const [mode, until] = [headerOf(answer, modeHeader), headerOf(answer, untilHeader)];
  return {
    retention: mode === undefined || until === undefined ? null : { mode, until },
    legalHold: headerOf(answer, holdHeader)?.toUpperCase() === "ON",
  };
}

/** What still holds: S3 tells of a retention that is over, and refuses to give it to another object. */
export const stillHolding = ({ retention, legalHold }: Locks, now: Date): Locks => ({
  retention: retention && Date.parse(retention.until) > now.getTime() ? retention : null,
  legalHold,
});

/** As S3 says that there is none. */
const none = new Set(["NoSuchObjectLockConfiguration", "ObjectLockConfigurationNotFoundError", "ObjectLockConfigurationNotFound"]);

/**
 * The locks of an object, asked for one by one: S3 leaves them out of a HEAD for a role that may not read them, and then refuses here.
 */
export function* readLocks(place: Place): Steps<Locks> {
  const retention = yield* readLock(place, "retention", "Retention");
  const legalHold = yield* readLock(place, "legal-hold", "LegalHold");
  const [mode, until] = [textOf(retention?.Mode), textOf(retention?.RetainUntilDate)];
  return { retention: mode === "" || until === "" ? null : { mode, until }, legalHold: textOf(legalHold?.Status) === "ON" };
}

function* readLock({ bucket, key, versionId, role }: Place, name: string, root: string): Steps<Record<string, unknown> | null> {
  try {
    const its = role === undefined ? {} : { role };
    return parseAnswer(yield { method: "GET", bucket, key, versionId, query: { [name]: "" }, headers: {}, body: "", wantsAnswer: true, ...its }, root);
  } catch (error) {
    if (error instanceof StepFailure && (none.has(error.outcome.code) || isNoLockBucket(error))) return null;
    throw error;
  }
}

const isNoLockBucket = ({ outcome: { code, httpStatus, message } }: StepFailure): boolean =>
  httpStatus === 501 || (code === "InvalidRequest" && /object ?lock/i.test(message));

/**
 * Whether a bucket has Object Lock on.
 * @throws StepFailure where the role may not ask, so that nobody takes a lock for none
 */
export function* hasObjectLock(bucket: string): Steps<boolean> {
  try {
    const answer = yield { method: "GET", bucket, key: "", query: { "object-lock": "" }, headers: {}, body: "", wantsAnswer: true };
    return textOf(parseAnswer(answer, "ObjectLockConfiguration").ObjectLockEnabled) === "Enabled";
  } catch (error) {
    if (error instanceof StepFailure && error.outcome.httpStatus !== 403 && error.outcome.httpStatus !== 0) return false;
    throw error;
  }
}

/** Those that are not there. */
const wanted = (there: Locks, locks: Locks): Locks => ({
  retention: locks.retention && !keeps(there.retention, locks.retention) ? locks.retention : null,
  legalHold: locks.legalHold && !there.legalHold,
});

const keeps = (there: Locks["retention"], asked: NonNullable<Locks["retention"]>): boolean =>
  there !== null &&
  (there.mode === asked.mode || there.mode === "COMPLIANCE") &&
  Math.floor(Date.parse(there.until) / 1000) >= Math.floor(Date.parse(asked.until) / 1000);

/**
 * Sees that an object that was made with locks has them: some stores take their headers and drop them.
 * @throws StepFailure LockNotKept where they cannot be given afterwards either
 */
export function* ensureLocks(place: Place, locks: Locks): Steps<void> {
  if (locks.retention === null && !locks.legalHold) return;
  const head = yield* headIfAllowed(place);
  // Given again where they cannot be read, which changes nothing.
  const missing = wanted(head === null ? noLocks : locksIn(head.headers), locks);
  try {
    if (missing.retention !== null) yield { ...onPlace(place), ...putRetention(missing.retention, { bypassGovernance: false }) };
    if (missing.legalHold) yield { ...onPlace(place), ...putLegalHold("ON") };
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    const { httpStatus, code, message } = error.outcome;
    throw new StepFailure({
      kind: "failed",
      httpStatus,
      code: "LockNotKept",
      message: `The object was made without its lock, and the store refused to lock it afterwards (${code}: ${message})`,
    });
  }
}

const onPlace = ({ bucket, key, versionId, role }: Place) => ({ bucket, key, versionId, ...(role !== undefined && { role }) });
