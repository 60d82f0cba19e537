import { z } from "zod";
import { putTags, readTags, tagsAttribute } from "./object-tags.ts";
import { defineOperation, type TaskOutcome } from "./operation.ts";
import { type Tag, tagSchema, tagSetSchema } from "./tags.ts";
import { askForNobody } from "./trial.ts";

/** S3's limit for one object. */
const maxTags = 10;

const schema = z
  .strictObject({
    TagSet: tagSetSchema(maxTags).default([]),
    RemoveKeys: z.array(tagSchema.shape.Key).max(50, "At most 50 keys").default([]),
  })
  .superRefine(({ TagSet, RemoveKeys }, check) => {
    if (TagSet.length === 0 && RemoveKeys.length === 0) check.addIssue({ code: "custom", path: ["TagSet"], message: "Give tags to set, or keys to remove" });
    RemoveKeys.forEach((key, index) => {
      if (TagSet.some((tag) => tag.Key === key)) {
        check.addIssue({ code: "custom", path: ["RemoveKeys", index], message: `The key "${key}" is to be set and removed at once` });
      }
    });
  });
type Merge = z.infer<typeof schema>;

/** What an object's tags become: those that stay keep their places, new ones come last. */
export function mergeTags(now: readonly Tag[], { TagSet, RemoveKeys }: Merge): Tag[] {
  const stay = now.filter(({ Key }) => !RemoveKeys.includes(Key)).map((tag) => TagSet.find(({ Key }) => Key === tag.Key) ?? tag);
  return [...stay, ...TagSet.filter(({ Key }) => !now.some((tag) => tag.Key === Key))];
}

const isSame = (one: readonly Tag[], other: readonly Tag[]): boolean =>
  one.length === other.length && one.every((tag, index) => tag.Key === other[index]?.Key && tag.Value === other[index]?.Value);

const tooMany = (count: number): TaskOutcome => ({
  kind: "failed",
  httpStatus: 0,
  code: "TooManyTags",
  message: `The object would have ${count} tags, and S3 keeps at most ${maxTags}. Nothing was changed`,
});

export const mergeObjectTagging = defineOperation({
  name: "MergeObjectTagging",
  title: "Merge object tags",
  summary: "Adds, changes and removes single tags of every object, and keeps its other tags.",
  group: "Tags",
  ours: true,
  schema,
  fields: [
    { path: "TagSet", label: "Tags to set", kind: "tags", help: "Added to each object; where it has the key already, the value is changed." },
    { path: "RemoveKeys", label: "Keys to remove", kind: "lines", help: "One on a line. An object that does not have the tag stays as it is." },
  ],
  initial: { TagSet: [{ Key: "", Value: "" }] },
  describe: ({ TagSet, RemoveKeys }) => {
    const parts = [
      ...(TagSet.length > 0 ? [`set ${TagSet.map((tag) => `${tag.Key} = ${tag.Value || "(empty)"}`).join(", ")}`] : []),
      ...(RemoveKeys.length > 0 ? [`remove ${RemoveKeys.join(", ")}`] : []),
    ];
    return `Merge tags: ${parts.join("; ")}, and keep the rest`;
  },
  warning: () =>
    "Values that are changed and tags that are removed are lost; Longshore keeps no copy of them. Each object's tags are read and then written whole: a tag that somebody else sets in between is lost too.",
  irreversible: () => null,
  permissions: (_params, bucket) =>
    ["s3:GetObjectTagging", "s3:GetObjectVersionTagging", "s3:PutObjectTagging", "s3:PutObjectVersionTagging"].map((action) => ({
      action,
      resource: `arn:aws:s3:::${bucket}/*`,
    })),
  needs: () => ["GetObjectTagging", "PutObjectTagging"],
  previewNeeds: () => ["GetObjectTagging"],
  destinations: () => [],
  advice: {
    TooManyTags: "With the new tags the object would have more than the 10 that S3 keeps, so it was left as it is. Remove keys in the same job to make room.",
  },
  run: (merge) => ({
    size: 1,
    *steps([task]) {
      if (!task) return [];
      const now = yield* readTags(task);
      const next = mergeTags(now, merge);
      if (isSame(now, next)) return [{ kind: "succeeded", httpStatus: 200, message: "So already: nothing was written" }];
      if (next.length > maxTags) return [tooMany(next.length)];
      const { httpStatus } = yield { ...putTags(next), bucket: task.bucket, key: task.key, versionId: task.versionId };
      return [{ kind: "succeeded", httpStatus }];
    },
  }),
  preview: (merge) =>
    function* (task) {
      const now = yield* readTags(task);
      const next = mergeTags(now, merge);
      const after = next.length > maxTags ? [{ name: "Tags", value: `refused: ${next.length} tags, of 10 at most` }] : [tagsAttribute(next)];
      return { before: [tagsAttribute(now)], after };
    },
  trial: ({ TagSet }) =>
    function* (task) {
      const action = task.versionId === undefined ? "s3:PutObjectTagging" : "s3:PutObjectVersionTagging";
      return [yield* askForNobody(task, putTags(TagSet), { right: `Change tags in ${task.bucket}`, needs: `${action} on arn:aws:s3:::${task.bucket}/*` })];
    },
});
