import { type BucketQuestion, StepFailure, type Steps, type Task, type TaskRequest } from "./operation.ts";
import { parseAnswer, textOf } from "./read-answer.ts";

/** How long, and how firmly, a version of an object cannot be deleted. */
export interface Retention {
  mode: string;
  /** ISO 8601. */
  until: string;
}

/** As stores say that an object, or its bucket, has nothing of the kind. */
const none = new Set(["NoSuchObjectLockConfiguration", "ObjectLockConfigurationNotFoundError"]);

function* readOrNone<T>(read: Steps<T>, otherwise: T): Steps<T> {
  try {
    return yield* read;
  } catch (error) {
    if (error instanceof StepFailure && none.has(error.outcome.code)) return otherwise;
    throw error;
  }
}

const get = ({ bucket, key, versionId }: Task, what: string): TaskRequest => ({
  method: "GET",
  bucket,
  key,
  versionId,
  query: { [what]: "" },
  headers: {},
  body: "",
  wantsAnswer: true,
});

function* retention(task: Task): Steps<Retention | null> {
  const { Mode, RetainUntilDate } = parseAnswer(yield get(task, "retention"), "Retention");
  const until = Date.parse(textOf(RetainUntilDate));
  return textOf(Mode) === "" || Number.isNaN(until) ? null : { mode: textOf(Mode), until: new Date(until).toISOString() };
}

function* legalHold(task: Task): Steps<"ON" | "OFF"> {
  return textOf(parseAnswer(yield get(task, "legal-hold"), "LegalHold").Status) === "ON" ? "ON" : "OFF";
}

/** The retention that an object has now, also one whose date has passed; null for none. */
export const readRetention = (task: Task): Steps<Retention | null> => readOrNone(retention(task), null);

export const readLegalHold = (task: Task): Steps<"ON" | "OFF"> => readOrNone(legalHold(task), "OFF");

type LockRequest = Pick<TaskRequest, "method" | "query" | "headers" | "body">;
const xmlns = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** @param retention null takes it away, which only a bypass of governance does */
export function putRetention(retention: Retention | null, { bypassGovernance }: { bypassGovernance: boolean }): LockRequest {
  const content = retention ? `<Mode>${retention.mode}</Mode><RetainUntilDate>${new Date(retention.until).toISOString()}</RetainUntilDate>` : "";
  const headers = { "content-type": "application/xml", ...(bypassGovernance && { "x-amz-bypass-governance-retention": "true" }) };
  return { method: "PUT", query: { retention: "" }, headers, body: `<Retention ${xmlns}>${content}</Retention>` };
}

export const putLegalHold = (status: "ON" | "OFF"): LockRequest => ({
  method: "PUT",
  query: { "legal-hold": "" },
  headers: { "content-type": "application/xml" },
  body: `<LegalHold ${xmlns}><Status>${status}</Status></LegalHold>`,
});

/** For people: "GOVERNANCE until 2031-01-01 00:00 UTC". */
export const retentionWords = (retention: Retention | null): string =>
  retention === null ? "none" : `${retention.mode} until ${retention.until.slice(0, 16).replace("T", " ")} UTC`;

/** Whoever sets locks needs a bucket that knows them. */
export const lockQuestion: BucketQuestion = {
  bucket: "objects",
  setting: "objectLock",
  on: (bucket) => `${bucket} has Object Lock.`,
  off: (bucket) => ({
    state: "error",
    message: `The bucket ${bucket} has no Object Lock, so nothing in it can be locked. Turn it on (on most stores only when a bucket is made), or choose objects of another bucket.`,
  }),
};

/** What any operation on locks runs into. */
export const lockAdvice = {
  InvalidRequest: "The bucket has no Object Lock. It has to be on before retention or a legal hold is set.",
  ObjectLockConfigurationNotFoundError: "The bucket has no Object Lock. It has to be on before retention or a legal hold is set.",
  MethodNotAllowed: "This version is a delete marker, which cannot be locked.",
} as const;
