import { z } from "zod";
import { lockAdvice, lockQuestion, putLegalHold, readLegalHold } from "./object-lock.ts";
import { defineOperation } from "./operation.ts";
import { askForNobody } from "./trial.ts";

const statuses = ["ON", "OFF"] as const;

export const putObjectLegalHold = defineOperation({
  name: "S3PutObjectLegalHold",
  title: "Object Lock legal hold",
  summary: "Keeps every object's version from being deleted until the hold is taken off again, or takes it off.",
  group: "Object Lock",
  schema: z.strictObject({ LegalHold: z.strictObject({ Status: z.enum(statuses, "Choose on or off") }) }),
  fields: [
    {
      path: "LegalHold.Status",
      label: "Legal hold",
      kind: "select",
      required: true,
      options: [
        { value: "ON", label: "On: the versions cannot be deleted" },
        { value: "OFF", label: "Off" },
      ],
    },
  ],
  initial: {},
  describe: ({ LegalHold }) => (LegalHold.Status === "ON" ? "Put a legal hold on" : "Take the legal hold off"),
  warning: ({ LegalHold }) =>
    LegalHold.Status === "OFF" ? "Objects that no retention keeps can be deleted afterwards. Longshore does not note which of them were on hold." : null,
  irreversible: () => null,
  permissions: (_params, bucket) => [
    { action: "s3:PutObjectLegalHold", resource: `arn:aws:s3:::${bucket}/*` },
    { action: "s3:GetBucketObjectLockConfiguration", resource: `arn:aws:s3:::${bucket}` },
  ],
  needs: () => ["PutObjectLegalHold"],
  previewNeeds: () => ["GetObjectLegalHold"],
  destinations: () => [],
  advice: lockAdvice,
  run: ({ LegalHold }) => {
    const constant = putLegalHold(LegalHold.Status);
    return { compile: ({ bucket, key, versionId }) => ({ ...constant, bucket, key, versionId }) };
  },
  preview: ({ LegalHold }) =>
    function* (task) {
      return { before: [{ name: "Legal hold", value: yield* readLegalHold(task) }], after: [{ name: "Legal hold", value: LegalHold.Status }] };
    },
  trial: ({ LegalHold }) =>
    function* (task) {
      const right = { right: `Set legal holds in ${task.bucket}`, needs: `s3:PutObjectLegalHold on arn:aws:s3:::${task.bucket}/*` };
      return [yield* askForNobody(task, putLegalHold(LegalHold.Status), right)];
    },
  bucketQuestions: () => [lockQuestion],
});
