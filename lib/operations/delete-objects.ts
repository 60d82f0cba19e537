import { passesByItself } from "../s3/classify-response.ts";
import { escapeXml } from "../s3/escape-xml.ts";
import { scrub } from "../scrub.ts";
import { type Answer, StepFailure, type Steps, type Task, type TaskOutcome, type TaskRequest } from "./operation.ts";
import { childrenOf, headerOf, parseAnswer, textOf, type XmlElement } from "./read-answer.ts";
import { settleAll } from "./settle-all.ts";

/** S3's limit for one request. */
export const maxBatch = 1_000;
/** Of one answer, which names each key again; answers of more than 1 MiB are not read. */
const maxAnswerBytes = 700 * 1024;
/** Tags around a key, in a request or an answer. */
const overheadBytes = 250;

export interface DeleteOptions {
  bypassGovernance: boolean;
}

/**
 * Deletes objects of one bucket: many by one request where a request can name them, and each by one of its own where XML cannot carry
 * its key unchanged, the answer does not name it, or the store does not delete many at once.
 */
export function* deleteTasks(tasks: readonly Task[], options: DeleteOptions): Steps<TaskOutcome[]> {
  const outcomes = new Map<string, TaskOutcome>();
  // A key that the list has twice is deleted once, or a bucket with versions would get two delete markers.
  const distinct = new Map(tasks.map((task) => [idOf(task), task]));
  for (const batch of batchesOf([...distinct.values()].filter(survivesXml))) {
    for (const [id, outcome] of yield* deleteBatch(batch, options)) outcomes.set(id, outcome);
  }
  const left = [...distinct].filter(([id]) => !outcomes.has(id));
  const settled = yield* settleAll(left.map(([, task]) => singleRequest(task, options)));
  left.forEach(([id, task], index) => {
    const answer = settled[index];
    if (answer) outcomes.set(id, answer instanceof StepFailure ? failedOutcome(answer.outcome) : deleted(task, singleMarker(answer), answer.httpStatus));
  });
  return tasks.map((task) => outcomes.get(idOf(task)) as TaskOutcome);
}

const idOf = ({ key, versionId }: Task): string => `${versionId ?? ""} ${key}`;

/** Whether every XML parser gives back exactly this key: no control characters, and no space that one may trim. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for them.
const spoilt = /[\u0000-\u001f\u007f-\u009f\u2028\ufffe\uffff]|^\s|\s$/u;
export const survivesXml = ({ key }: Task): boolean => !spoilt.test(key);

function batchesOf(tasks: readonly Task[]): Task[][] {
  const batches: Task[][] = [];
  let bytes = 0;
  for (const task of tasks) {
    const cost = Buffer.byteLength(escapeXml(task.key)) + 2 * (task.versionId?.length ?? 0) + overheadBytes;
    const last = batches.at(-1);
    if (last && last.length < maxBatch && bytes + cost <= maxAnswerBytes) {
      last.push(task);
      bytes += cost;
    } else {
      batches.push([task]);
      bytes = cost;
    }
  }
  return batches;
}

const headersOf = ({ bypassGovernance }: DeleteOptions): Record<string, string> => (bypassGovernance ? { "x-amz-bypass-governance-retention": "true" } : {});

function batchRequest(batch: readonly Task[], options: DeleteOptions): TaskRequest {
  const objects = batch.map(({ key, versionId }) => {
    const version = versionId === undefined ? "" : `<VersionId>${escapeXml(versionId)}</VersionId>`;
    return `<Object><Key>${escapeXml(key)}</Key>${version}</Object>`;
  });
  return {
    method: "POST",
    bucket: (batch[0] as Task).bucket,
    key: "",
    query: { delete: "" },
    headers: { "content-type": "application/xml", ...headersOf(options) },
    body: `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${objects.join("")}</Delete>`,
    wantsAnswer: true,
  };
}

const singleRequest = ({ bucket, key, versionId }: Task, options: DeleteOptions): TaskRequest => ({
  method: "DELETE",
  bucket,
  key,
  versionId,
  query: {},
  headers: headersOf(options),
  body: "",
  wantsAnswer: true,
});

/** What a store answers that does not delete many at once, or does not like one of the keys: each is then asked for alone. */
const asksForSingles = new Set([400, 405, 411, 501]);

/** @returns what became of each that the answer names, by `idOf` */
function* deleteBatch(batch: readonly Task[], options: DeleteOptions): Steps<Map<string, TaskOutcome>> {
  try {
    return readAnswer(batch, yield batchRequest(batch, options));
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    if (asksForSingles.has(error.outcome.httpStatus)) return new Map();
    return new Map(batch.map((task) => [idOf(task), error.outcome]));
  }
}

/** What is left out is asked for again, alone: keys that the answer does not name, and those whose failure passes by itself. */
function readAnswer(batch: readonly Task[], answer: Answer): Map<string, TaskOutcome> {
  const result = parseAnswer(answer, "DeleteResult");
  const asked = new Map(batch.map((task) => [idOf(task), task]));
  const outcomes = new Map<string, TaskOutcome>();
  for (const line of childrenOf(result, "Deleted")) {
    const task = asked.get(idOfLine(line));
    if (task) outcomes.set(idOf(task), deleted(task, markerOfLine(line), answer.httpStatus));
  }
  for (const line of childrenOf(result, "Error")) {
    const [task, code] = [asked.get(idOfLine(line)), textOf(line.Code)];
    if (!task) continue;
    // The answer's own status is 200; what was refused is shown as what a request for it alone would get.
    const failure = {
      kind: "failed" as const,
      httpStatus: code === "AccessDenied" ? 403 : answer.httpStatus,
      code: code || "UnexpectedResponse",
      message: scrub(textOf(line.Message)) || code,
    };
    // Also where the answer says both of one key: the worse is believed.
    if (passesByItself(code)) outcomes.delete(idOf(task));
    else outcomes.set(idOf(task), failedOutcome(failure));
  }
  return outcomes;
}

const idOfLine = (line: XmlElement): string =>
  idOf({ bucket: "", key: textOf(line.Key), ...(textOf(line.VersionId) !== "" && { versionId: textOf(line.VersionId) }) });

/** A delete marker that a request wrote, or took away. */
interface Marker {
  versionId: string | undefined;
}

const markerOfLine = (line: XmlElement): Marker | null =>
  textOf(line.DeleteMarker) === "true" ? { versionId: textOf(line.DeleteMarkerVersionId) || undefined } : null;
const singleMarker = (answer: Answer): Marker | null =>
  headerOf(answer, "x-amz-delete-marker") === "true" ? { versionId: headerOf(answer, "x-amz-version-id") } : null;

function deleted(task: Task, marker: Marker | null, httpStatus: number): TaskOutcome {
  return { kind: "succeeded", httpStatus, message: wordsOf(task, marker) };
}

function wordsOf(task: Task, marker: Marker | null): string {
  if (task.versionId !== undefined) return marker ? "Delete marker removed" : "Version deleted";
  return marker ? `Hidden by the delete marker ${marker.versionId ?? "null"}` : "Deleted";
}

const gone = new Set(["NoSuchKey", "NoSuchVersion"]);

/** That an object is not there is what was asked for. */
const failedOutcome = (failure: Extract<TaskOutcome, { kind: "failed" }>): TaskOutcome =>
  gone.has(failure.code) ? { kind: "succeeded", httpStatus: failure.httpStatus, message: "Not there" } : failure;
