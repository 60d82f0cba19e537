import { z } from "zod";
import { putTags, readTags, tagsAttribute } from "./object-tags.ts";
import { defineOperation } from "./operation.ts";
import { tagSetSchema } from "./tags.ts";
import { askForNobody } from "./trial.ts";

export const putObjectTagging = defineOperation({
  name: "S3PutObjectTagging",
  title: "Replace all object tags",
  summary: "Gives every object exactly these tags. Tags that an object has now are lost.",
  group: "Tags",
  schema: z.strictObject({ TagSet: tagSetSchema(10).default([]) }),
  fields: [
    {
      path: "TagSet",
      label: "Tags",
      kind: "tags",
      help: "Up to 10. With none, every tag of each object is removed.",
    },
  ],
  initial: { TagSet: [{ Key: "", Value: "" }] },
  describe: ({ TagSet }) =>
    TagSet.length === 0 ? "Remove all tags" : `Replace all tags with ${TagSet.map((tag) => `${tag.Key} = ${tag.Value || "(empty)"}`).join(", ")}`,
  warning: () => "The tags that the objects have now are lost. Longshore keeps no copy of them.",
  irreversible: () => null,
  permissions: (_params, bucket) => [
    { action: "s3:PutObjectTagging", resource: `arn:aws:s3:::${bucket}/*` },
    { action: "s3:PutObjectVersionTagging", resource: `arn:aws:s3:::${bucket}/*` },
  ],
  needs: () => ["PutObjectTagging"],
  previewNeeds: () => ["GetObjectTagging"],
  destinations: () => [],
  run: ({ TagSet }) => {
    const constant = putTags(TagSet);
    return { compile: ({ bucket, key, versionId }) => ({ ...constant, bucket, key, versionId }) };
  },
  preview: ({ TagSet }) =>
    function* (task) {
      return { before: [tagsAttribute(yield* readTags(task))], after: [tagsAttribute(TagSet)] };
    },
  trial: ({ TagSet }) =>
    function* (task) {
      const action = task.versionId === undefined ? "s3:PutObjectTagging" : "s3:PutObjectVersionTagging";
      return [yield* askForNobody(task, putTags(TagSet), { right: `Change tags in ${task.bucket}`, needs: `${action} on arn:aws:s3:::${task.bucket}/*` })];
    },
});
