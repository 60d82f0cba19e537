import { parseS3Arn } from "../jobs/arn.ts";
import type { Answer } from "./operation.ts";
import { childrenOf, elementOf, parseAnswer, textOf } from "./read-answer.ts";
import type { Tag } from "./tags.ts";

/** One enabled rule of a bucket's replication. */
export interface ReplicationRule {
  id: string;
  /** Among rules with one destination, the highest counts. */
  priority: number;
  prefix: string;
  /** An object must have all of them. */
  tags: readonly Tag[];
  bucket: string;
  storageClass: string | undefined;
}

/** @throws StepFailure when it is no replication configuration */
export function parseReplication(answer: Answer): ReplicationRule[] {
  return childrenOf(parseAnswer(answer, "ReplicationConfiguration"), "Rule").flatMap((rule) => {
    const destination = elementOf(rule.Destination);
    const bucket = parseS3Arn(textOf(destination.Bucket))?.bucket;
    if (textOf(rule.Status) !== "Enabled" || bucket === undefined) return [];
    const filter = elementOf(rule.Filter);
    const all = elementOf(filter.And);
    const tags = [...childrenOf(filter, "Tag"), ...childrenOf(all, "Tag")].map((tag) => ({ Key: textOf(tag.Key), Value: textOf(tag.Value) }));
    return [
      {
        id: textOf(rule.ID),
        priority: Number(textOf(rule.Priority)) || 0,
        // Outside of a filter: rules of before there were filters.
        prefix: textOf(all.Prefix) || textOf(filter.Prefix) || textOf(rule.Prefix),
        tags,
        bucket,
        storageClass: textOf(destination.StorageClass) || undefined,
      },
    ];
  });
}

/** The rules that an object goes by: for each destination the one with the highest priority. */
export function rulesFor(rules: readonly ReplicationRule[], key: string, tags: readonly Tag[]): ReplicationRule[] {
  const chosen = new Map<string, ReplicationRule>();
  for (const rule of rules) {
    const fits = key.startsWith(rule.prefix) && rule.tags.every(({ Key, Value }) => tags.some((tag) => tag.Key === Key && tag.Value === Value));
    if (fits && rule.priority >= (chosen.get(rule.bucket)?.priority ?? Number.NEGATIVE_INFINITY)) chosen.set(rule.bucket, rule);
  }
  return [...chosen.values()];
}
