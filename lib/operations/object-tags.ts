import { encodeComponent } from "../s3/encode-key.ts";
import { escapeXml } from "../s3/escape-xml.ts";
import type { Place } from "./object-head.ts";
import { type Attribute, StepFailure, type Steps, type TaskRequest } from "./operation.ts";
import { childrenOf, parseAnswer, textOf } from "./read-answer.ts";
import type { Tag } from "./tags.ts";

/** The tags that an object has now; none for one that has none. */
export function* readTags({ bucket, key, versionId, role }: Place): Steps<Tag[]> {
  try {
    const its = role === undefined ? {} : { role };
    const answer = yield { method: "GET", bucket, key, versionId, query: { tagging: "" }, headers: {}, body: "", wantsAnswer: true, ...its };
    // Ceph RGW 16 of an object whose upload was begun with tags, which it dropped.
    if (answer.body === "") return [];
    return childrenOf(parseAnswer(answer, "Tagging").TagSet, "Tag").map((tag) => ({ Key: textOf(tag.Key), Value: textOf(tag.Value) }));
  } catch (error) {
    // As some stores say that there are none.
    if (error instanceof StepFailure && error.outcome.code === "NoSuchTagSet") return [];
    throw error;
  }
}

/** Tags as the header x-amz-tagging has them. */
export const tagsHeader = (tags: readonly Tag[]): string => tags.map((tag) => `${encodeComponent(tag.Key)}=${encodeComponent(tag.Value)}`).join("&");

/** Gives an object exactly these tags where it has others: some stores drop those that it was made with. @returns whether it had others */
export function* ensureTags(place: Place, tags: readonly Tag[]): Steps<boolean> {
  const sorted = (some: readonly Tag[]) => JSON.stringify(some.map(({ Key, Value }) => [Key, Value]).sort());
  if (sorted(yield* readTags(place)) === sorted(tags)) return false;
  const { bucket, key, versionId, role } = place;
  yield { ...putTags(tags), bucket, key, versionId, ...(role !== undefined && { role }) };
  return true;
}

/** All of a request that gives an object exactly these tags, but the object. */
export function putTags(tags: readonly Tag[]): Pick<TaskRequest, "method" | "query" | "headers" | "body"> {
  const xml = tags.map((tag) => `<Tag><Key>${escapeXml(tag.Key)}</Key><Value>${escapeXml(tag.Value)}</Value></Tag>`).join("");
  const body = `<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet>${xml}</TagSet></Tagging>`;
  return { method: "PUT", query: { tagging: "" }, headers: { "content-type": "application/xml" }, body };
}

export const tagsAttribute = (tags: readonly Tag[]): Attribute => ({
  name: "Tags",
  value: tags.length === 0 ? "none" : tags.map((tag) => (tag.Value === "" ? tag.Key : `${tag.Key} = ${tag.Value}`)).join(", "),
});
