import { z } from "zod";
import { readTags, tagsAttribute } from "./object-tags.ts";
import { defineOperation } from "./operation.ts";
import { askForNobody } from "./trial.ts";

export const deleteObjectTagging = defineOperation({
  name: "S3DeleteObjectTagging",
  title: "Delete all object tags",
  summary: "Takes every tag off every object.",
  group: "Tags",
  schema: z.strictObject({}),
  fields: [],
  initial: {},
  describe: () => "Delete all tags",
  warning: () => "The tags that the objects have now are lost. Longshore keeps no copy of them.",
  irreversible: () => null,
  permissions: (_params, bucket) =>
    ["s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging"].map((action) => ({ action, resource: `arn:aws:s3:::${bucket}/*` })),
  needs: () => ["DeleteObjectTagging"],
  previewNeeds: () => ["GetObjectTagging"],
  destinations: () => [],
  run: () => {
    const constant = { method: "DELETE" as const, query: { tagging: "" }, headers: {}, body: "" };
    return { compile: ({ bucket, key, versionId }) => ({ ...constant, bucket, key, versionId }) };
  },
  preview: () =>
    function* (task) {
      return { before: [tagsAttribute(yield* readTags(task))], after: [tagsAttribute([])] };
    },
  trial: () =>
    function* (task) {
      const action = task.versionId === undefined ? "s3:DeleteObjectTagging" : "s3:DeleteObjectVersionTagging";
      const right = { right: `Delete tags in ${task.bucket}`, needs: `${action} on arn:aws:s3:::${task.bucket}/*` };
      return [yield* askForNobody(task, { method: "DELETE", query: { tagging: "" }, headers: {}, body: "" }, right)];
    },
});
