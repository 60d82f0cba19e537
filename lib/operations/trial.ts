import { headObject } from "./object-head.ts";
import { StepFailure, type Steps, type Task, type TaskFailed, type TaskRequest, type TrialResult } from "./operation.ts";
import { parseAnswer, textOf } from "./read-answer.ts";

/** What is tried, in words, and what an administrator would have to allow for it. */
interface Right {
  /** "Change tags in data" */
  right: string;
  /** "s3:PutObjectTagging on arn:aws:s3:::data/*" */
  needs: string;
}

/** Begins an upload as a task's write would, and gives it up: whoever may begin one may write the object. */
export function* beginAndGiveUp(write: Pick<TaskRequest, "bucket" | "key" | "headers" | "role">, { right, needs }: Right): Steps<TrialResult> {
  const { headers, ...at } = write;
  let uploadId: string;
  try {
    const answer = yield { ...at, method: "POST", query: { uploads: "" }, headers, body: "", wantsAnswer: true };
    uploadId = textOf(parseAnswer(answer, "InitiateMultipartUploadResult").UploadId);
  } catch (error) {
    return refusal(error, { right, needs });
  }
  try {
    yield { ...at, method: "DELETE", query: { uploadId }, headers: {}, body: "", always: true };
  } catch (error) {
    const { code } = failureOf(error);
    const message = `The role may write there, but not give an upload up (${code}): an empty upload of ${at.key} was left in ${at.bucket}. Allow the role s3:AbortMultipartUpload there.`;
    return { right, verdict: "allowed", message, leftBehind: true };
  }
  return { right, verdict: "allowed", message: "An upload was begun there and given up." };
}

/**
 * Sends a task's request for an object that is not there: a store that looks at rights first refuses it for them, and any other for
 * what is missing.
 * @param done what an answer means that it was done: by default, that the store does something else than it says
 */
export function* askForNobody(
  task: Task,
  request: Omit<TaskRequest, "bucket" | "key" | "versionId">,
  { right, needs }: Right,
  done?: Pick<TrialResult, "verdict" | "message">,
): Steps<TrialResult> {
  const nobody = { ...task, key: keyOfNobody(task.key) };
  const unknown = (message: string): TrialResult => ({ right, verdict: "unknown", message });
  let mayList: boolean;
  try {
    yield* headObject({ bucket: nobody.bucket, key: nobody.key });
    return unknown(`The store says that there is an object ${nobody.key}, which nobody made: it cannot be asked without a change.`);
  } catch (error) {
    const { httpStatus } = failureOf(error);
    if (httpStatus !== 404 && httpStatus !== 403) return refusal(error, { right, needs });
    mayList = httpStatus === 404;
  }
  try {
    yield { ...request, ...nobody };
  } catch (error) {
    const { httpStatus, code } = failureOf(error);
    if (httpStatus === 404) return { right, verdict: "not refused", message: "The store did not refuse it for an object that is not there." };
    if (httpStatus === 403 && !mayList) {
      return unknown(`The store hides from the role which objects there are (${code}), so that it cannot be asked without a change. The role needs ${needs}.`);
    }
    return refusal(error, { right, needs });
  }
  if (done) return { right, ...done };
  const message = `The store answered that it did this to an object that is not there, ${nobody.key}: it may damage objects. Do not run this job before the connection has been tested on a bucket you can lose.`;
  return { right, verdict: "refused", message };
}

/** @throws error when it is none of a step */
export function failureOf(error: unknown): TaskFailed {
  if (error instanceof StepFailure) return error.outcome;
  throw error;
}

/** What a failure says about a right; one that passes says nothing. */
export function refusal(error: unknown, { right, needs }: Right): TrialResult {
  const { httpStatus, code, message } = failureOf(error);
  const said = `${httpStatus || "no answer"} ${code}`;
  if (httpStatus === 401 || httpStatus === 403)
    return { right, verdict: "refused", message: `The store refuses it to the role (${said}). Allow the role ${needs}.` };
  if (httpStatus === 0 || httpStatus === 429 || (httpStatus >= 500 && httpStatus !== 501)) {
    return { right, verdict: "unknown", message: `The store did not answer as it should (${said}). Check again later.` };
  }
  return { right, verdict: "refused", message: `The store refuses what the job asks for (${said}): ${message}` };
}

/** Where the task's own rights hold, since it begins with its key; short enough for every store. */
const keyOfNobody = (key: string): string => `${key.slice(0, 200).replace(/[\uD800-\uDBFF]$/, "")}.longshore-trial-${crypto.randomUUID()}`;
