import { z } from "zod";
import { headObject, storageClassOf } from "./object-head.ts";
import { type Answer, defineOperation, StepFailure, type Steps, type Task, type TaskOutcome } from "./operation.ts";
import { headerOf } from "./read-answer.ts";
import { askForNobody } from "./trial.ts";

const tiers = ["BULK", "STANDARD"] as const;
/** As RestoreObject itself spells them. */
const tierNames = { BULK: "Bulk", STANDARD: "Standard" } as const;

const schema = z.strictObject({
  ExpirationInDays: z
    .int("must be a whole number of days")
    .min(1, "is 1 at least; leave it empty for objects of INTELLIGENT_TIERING")
    .max(36_500, "is 36,500 at most")
    .optional(),
  GlacierJobTier: z.enum(tiers).optional(),
});
type Restore = z.infer<typeof schema>;

function requestOf({ ExpirationInDays, GlacierJobTier }: Restore) {
  const days = ExpirationInDays === undefined ? "" : `<Days>${ExpirationInDays}</Days>`;
  const tier = GlacierJobTier === undefined ? "" : `<GlacierJobParameters><Tier>${tierNames[GlacierJobTier]}</Tier></GlacierJobParameters>`;
  const body = `<RestoreRequest xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${days}${tier}</RestoreRequest>`;
  return { method: "POST" as const, query: { restore: "" }, headers: { "content-type": "application/xml" }, body };
}

/** Asks for one object; that somebody has asked before is as good. */
function* restore(task: Task, constant: ReturnType<typeof requestOf>): Steps<TaskOutcome> {
  try {
    const { httpStatus } = yield { ...constant, bucket: task.bucket, key: task.key, versionId: task.versionId };
    const message = httpStatus === 200 ? "Restored already: its copy is kept as long as asked for now" : "Restore initiated";
    return { kind: "succeeded", httpStatus, message };
  } catch (error) {
    if (!(error instanceof StepFailure) || error.outcome.code !== "RestoreAlreadyInProgress") throw error;
    return { kind: "succeeded", httpStatus: error.outcome.httpStatus, message: "A restore was under way already" };
  }
}

/** S3 says it in words of its own: `ongoing-request="false", expiry-date="Fri, 21 Dec 2029 00:00:00 GMT"`. */
function copyWords(head: Answer): string {
  const restored = headerOf(head, "x-amz-restore") ?? "";
  if (restored.includes('ongoing-request="true"')) return "being restored";
  const expiry = /expiry-date="([^"]*)"/.exec(restored)?.[1];
  return expiry === undefined ? "none" : `readable until ${expiry}`;
}

const archived = ["GLACIER", "DEEP_ARCHIVE"];
const isArchived = (head: Answer): boolean => archived.includes(storageClassOf(head)) || headerOf(head, "x-amz-archive-status") !== undefined;

const wanted = ({ ExpirationInDays: days }: Restore): string =>
  days === undefined ? "moved back to the frequent access tier" : `readable for ${days.toLocaleString("en")} ${days === 1 ? "day" : "days"} once restored`;

export const initiateRestoreObject = defineOperation({
  name: "S3InitiateRestoreObject",
  title: "Restore archived objects",
  summary: "Has the store make a readable copy of every archived object. The job asks for it; the store takes minutes to two days.",
  group: "Archive and checksums",
  schema,
  fields: [
    {
      path: "ExpirationInDays",
      label: "Days to keep the copy",
      kind: "number",
      placeholder: "7",
      help: "Needed for GLACIER and DEEP_ARCHIVE. Leave it empty for the archive tiers of INTELLIGENT_TIERING, whose objects are moved back for good.",
    },
    {
      path: "GlacierJobTier",
      label: "Retrieval tier",
      kind: "select",
      options: [
        { value: "STANDARD", label: "STANDARD: 3 to 12 hours" },
        { value: "BULK", label: "BULK: 5 to 48 hours, and cheaper" },
      ],
      help: "Left empty, STANDARD.",
    },
  ],
  initial: { ExpirationInDays: "7" },
  describe: (restoring) => {
    const tier = restoring.GlacierJobTier === undefined ? "" : `, by the tier ${restoring.GlacierJobTier}`;
    const { ExpirationInDays: days } = restoring;
    return days === undefined
      ? `Initiate the move of archived objects back to the frequent access tier${tier}`
      : `Initiate the restore of archived objects, to be readable for ${days.toLocaleString("en")} ${days === 1 ? "day" : "days"}${tier}`;
  },
  warning: ({ ExpirationInDays }) =>
    ExpirationInDays === undefined
      ? "Without a number of days, objects of GLACIER and DEEP_ARCHIVE are refused."
      : "The store charges for each retrieval, and for the copy as long as it is kept. Objects of INTELLIGENT_TIERING are refused: they are restored without a number of days.",
  irreversible: () => null,
  afterwards: () =>
    "Succeeded means that the store has begun to restore an object, or had begun before. Objects can be read some hours later: a HEAD of an object says so in x-amz-restore.",
  permissions: (_params, bucket) => [{ action: "s3:RestoreObject", resource: `arn:aws:s3:::${bucket}/*` }],
  needs: () => ["RestoreObject"],
  previewNeeds: () => ["HeadObject"],
  destinations: () => [],
  advice: {
    InvalidObjectState: "The object is not archived, so it can be read as it is: there is nothing to restore.",
    MalformedXML:
      "The store does not take these parameters for the object's storage class: GLACIER and DEEP_ARCHIVE need a number of days, INTELLIGENT_TIERING takes none.",
    GlacierExpeditedRetrievalNotAvailable: "The store has no capacity for this tier at the moment. Run the failed objects again later, or by another tier.",
    NotImplemented: "The store archives nothing: its objects can be read as they are, whatever storage class it shows.",
  },
  run: (restoring) => {
    const constant = requestOf(restoring);
    return {
      size: 1,
      *steps([task]) {
        return task ? [yield* restore(task, constant)] : [];
      },
    };
  },
  preview: (restoring) =>
    function* (task) {
      const head = yield* headObject(task);
      const before = [{ name: "Readable copy", value: isArchived(head) ? copyWords(head) : `not needed: ${storageClassOf(head)} is not archived` }];
      const after = [{ name: "Readable copy", value: isArchived(head) ? wanted(restoring) : "refused: the object is not archived" }];
      return { before, after };
    },
  trial: (restoring) =>
    function* (task) {
      const right = { right: `Restore objects of ${task.bucket}`, needs: `s3:RestoreObject on arn:aws:s3:::${task.bucket}/*` };
      return [yield* askForNobody(task, requestOf(restoring), right)];
    },
});
