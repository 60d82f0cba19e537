import { z } from "zod";
import { deleteTasks, maxBatch } from "./delete-objects.ts";
import { headIfThere, sizeWords, storageClassOf } from "./object-head.ts";
import { retentionWords } from "./object-lock.ts";
import { type Answer, defineOperation, StepFailure, type Steps, type Task } from "./operation.ts";
import { headerOf, parseAnswer, textOf } from "./read-answer.ts";
import { askForNobody } from "./trial.ts";

const schema = z.strictObject({ BypassGovernanceRetention: z.boolean().optional() });

type Versioning = "on" | "off" | "suspended" | "unknown";

/** Whether a bucket keeps versions; unknown where the role may not ask, or the store does not tell. */
function* readVersioning(bucket: string): Steps<Versioning> {
  try {
    const answer = yield { method: "GET", bucket, key: "", query: { versioning: "" }, headers: {}, body: "", wantsAnswer: true };
    const status = textOf(parseAnswer(answer, "VersioningConfiguration").Status);
    return status === "Enabled" ? "on" : status === "Suspended" ? "suspended" : "off";
  } catch (error) {
    if (error instanceof StepFailure && error.outcome.httpStatus !== 0) return "unknown";
    throw error;
  }
}

const becomes: Record<Versioning, string> = {
  on: "hidden by a delete marker; its versions stay",
  suspended: "replaced by a delete marker; a version without an id is lost",
  off: "deleted for good",
  unknown: "deleted for good, or hidden by a delete marker where the bucket keeps versions",
};

/** What keeps a version from being deleted; null when nothing does. */
function lockOf(head: Answer, { bypass, nowMs }: { bypass: boolean; nowMs: number }): string | null {
  if (headerOf(head, "x-amz-object-lock-legal-hold") === "ON") return "a legal hold";
  const [mode, until] = [headerOf(head, "x-amz-object-lock-mode"), headerOf(head, "x-amz-object-lock-retain-until-date")];
  if (mode === undefined || until === undefined || !(Date.parse(until) > nowMs) || (mode === "GOVERNANCE" && bypass)) return null;
  return retentionWords({ mode, until: new Date(until).toISOString() });
}

const objectWords = (head: Answer): string => `${sizeWords(head)}, ${storageClassOf(head)}`;

/** @param versioningOf asked once for each bucket of a job */
function* preview(task: Task, lifts: { bypass: boolean; nowMs: number }, versioningOf: Map<string, Versioning>) {
  const name = task.versionId === undefined ? "Object" : "Version";
  const head = yield* headIfThere(task);
  if (head === null) return { before: [{ name, value: "not there" }], after: [{ name, value: "not there" }] };
  const before = [{ name, value: objectWords(head) }];
  let versioning = versioningOf.get(task.bucket);
  if (versioning === undefined) {
    versioning = yield* readVersioning(task.bucket);
    versioningOf.set(task.bucket, versioning);
  }
  if (task.versionId === undefined && versioning !== "off") return { before, after: [{ name, value: becomes[versioning] }] };
  const lock = lockOf(head, lifts);
  return { before, after: [{ name, value: lock === null ? "deleted for good" : `refused: kept by ${lock}` }] };
}

export const deleteObject = defineOperation({
  name: "DeleteObject",
  title: "Delete objects",
  summary: "Deletes every object, or the versions that the manifest names. What is not in a bucket with versions is gone for good.",
  group: "Delete",
  ours: true,
  schema,
  fields: [
    {
      path: "BypassGovernanceRetention",
      label: "Bypass governance",
      kind: "checkbox",
      help: "Deletes versions under GOVERNANCE retention as well. The role needs s3:BypassGovernanceRetention.",
    },
  ],
  initial: {},
  describe: ({ BypassGovernanceRetention }) =>
    `Delete each object, or the version of it that the manifest names${BypassGovernanceRetention ? ", also under GOVERNANCE retention" : ""}`,
  warning: () =>
    "In a bucket with versions, an object whose version the manifest does not name is hidden by a delete marker, and its versions stay. A request that has to be repeated, after an error of the store's, a lost answer, a pause or a worker that died, may leave a second marker on an object: to bring it back, remove every marker that is newer than its version, not only the one that the report names.",
  irreversible: () =>
    "Versions that the manifest names, and objects in a bucket without versioning, are deleted for good. Neither Longshore nor the store keeps a copy.",
  permissions: ({ BypassGovernanceRetention }, bucket) =>
    ["s3:DeleteObject", "s3:DeleteObjectVersion", ...(BypassGovernanceRetention ? ["s3:BypassGovernanceRetention"] : [])].map((action) => ({
      action,
      resource: `arn:aws:s3:::${bucket}/*`,
    })),
  needs: ({ BypassGovernanceRetention }) => ["DeleteObject", "DeleteObjects", ...(BypassGovernanceRetention ? ["BypassGovernanceRetention" as const] : [])],
  previewNeeds: () => ["HeadObject"],
  destinations: () => [],
  advice: {
    AccessDenied:
      "S3 refused it: the role may lack the permissions beside, or Object Lock keeps the version (a legal hold, or retention until a date), or the bucket demands MFA to delete.",
    InvalidRequest: "Object Lock keeps the version, by a legal hold or by retention until a date. The message says more.",
    NoSuchBucket: "The bucket does not exist on this connection. Check the manifest's first column.",
  },
  run: ({ BypassGovernanceRetention }) => {
    const options = { bypassGovernance: BypassGovernanceRetention === true };
    return { size: maxBatch, steps: (tasks) => deleteTasks(tasks, options) };
  },
  preview: ({ BypassGovernanceRetention }, job) => {
    const versioningOf = new Map<string, Versioning>();
    return (task) => preview(task, { bypass: BypassGovernanceRetention === true, nowMs: job.now().getTime() }, versioningOf);
  },
  bucketQuestions: () => [
    {
      bucket: "objects",
      setting: "versioning",
      on: (bucket) => `${bucket} keeps versions: where the manifest names none, objects are hidden by delete markers and can be had back.`,
      off: (bucket) => ({ state: "warning", message: `${bucket} keeps no versions: objects that are deleted there are gone for good.` }),
    },
  ],
  trial: () => {
    const versioningOf = new Map<string, Versioning>();
    return function* (task) {
      const { bucket, versionId } = task;
      const versioning = versioningOf.get(bucket) ?? (yield* readVersioning(bucket));
      versioningOf.set(bucket, versioning);
      const right = `Delete in ${bucket}`;
      const needs = `${versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion"} on arn:aws:s3:::${bucket}/*`;
      if (versioning !== "off") {
        const message = `Where a bucket keeps versions, even deleting what is not there leaves a delete marker. The role needs ${needs}.`;
        return [{ right, verdict: "unknown", message }];
      }
      const request = { method: "DELETE" as const, query: {}, headers: {}, body: "" };
      return [yield* askForNobody(task, request, { right, needs }, { verdict: "allowed", message: "What is not there may be deleted." })];
    };
  },
});
