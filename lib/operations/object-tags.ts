import { escapeXml } from "../s3/escape-xml.ts";
import { type Attribute, StepFailure, type Steps, type Task, type TaskRequest } from "./operation.ts";
import { childrenOf, parseAnswer, textOf } from "./read-answer.ts";
import type { Tag } from "./tags.ts";

/** The tags that an object has now; none for one that has none. */
export function* readTags({ bucket, key, versionId }: Task): Steps<Tag[]> {
  try {
    const answer = yield { method: "GET", bucket, key, versionId, query: { tagging: "" }, headers: {}, body: "", wantsAnswer: true };
    return childrenOf(parseAnswer(answer, "Tagging").TagSet, "Tag").map((tag) => ({ Key: textOf(tag.Key), Value: textOf(tag.Value) }));
  } catch (error) {
    // As some stores say that there are none.
    if (error instanceof StepFailure && error.outcome.code === "NoSuchTagSet") return [];
    throw error;
  }
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
