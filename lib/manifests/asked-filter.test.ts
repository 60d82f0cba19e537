import { expect, it } from "vitest";
import type { ManifestFilter } from "../jobs/manifest-schema.ts";
import { type Answer, StepFailure, type TaskRequest } from "../operations/operation.ts";
import type { Tag } from "../operations/tags.ts";
import { createAskedFilter, type ReplicationRule } from "./asked-filter.ts";

const arn = "arn:aws:kms:us-east-1:123456789012:key/abc";
const sse = "x-amz-server-side-encryption";
const task = { bucket: "b1x", key: "photos/a.jpg" };

interface StoredObject {
  headers?: Record<string, string>;
  tags?: Tag[];
  /** HEAD is answered with it. */
  refusal?: number;
}

/** @returns whether the object is selected, and the methods that were asked */
function ask(filter: ManifestFilter, object: StoredObject, rules?: ReplicationRule[]) {
  const steps = createAskedFilter(filter, rules)?.(task);
  if (!steps) return null;
  const asked: string[] = [];
  let next = steps.next();
  while (!next.done) {
    const { method } = next.value as TaskRequest;
    asked.push(method);
    if (object.refusal !== undefined) {
      next = steps.throw(new StepFailure({ kind: "failed", httpStatus: object.refusal, code: "x", message: "x" }));
      continue;
    }
    const set = (object.tags ?? []).map(({ Key, Value }) => `<Tag><Key>${Key}</Key><Value>${Value}</Value></Tag>`).join("");
    const answer: Answer = { httpStatus: 200, headers: object.headers ?? {}, body: `<Tagging><TagSet>${set}</TagSet></Tagging>` };
    next = steps.next(answer as Answer & readonly Answer[]);
  }
  return { selected: next.value, asked };
}

it("asks nothing where the list tells all of it", () => {
  expect(createAskedFilter({ ObjectSizeGreaterThanBytes: 1, EligibleForReplication: false })).toBeNull();
});

it.each<[ManifestFilter, StoredObject, boolean]>([
  [{ ObjectReplicationStatuses: ["NONE"] }, {}, true],
  [{ ObjectReplicationStatuses: ["COMPLETED"] }, { headers: { "x-amz-replication-status": "COMPLETED" } }, true],
  [{ ObjectReplicationStatuses: ["COMPLETED"] }, { headers: { "x-amz-replication-status": "COMPLETE" } }, true],
  [{ ObjectReplicationStatuses: ["FAILED", "REPLICA"] }, { headers: { "x-amz-replication-status": "REPLICA" } }, true],
  [{ ObjectReplicationStatuses: ["NONE", "FAILED"] }, { headers: { "x-amz-replication-status": "PENDING" } }, false],
  [{ MatchAnyObjectEncryption: [{ SSES3: {} }] }, { headers: { [sse]: "AES256" } }, true],
  [{ MatchAnyObjectEncryption: [{ SSES3: {} }] }, {}, false],
  [{ MatchAnyObjectEncryption: [{ NOTSSE: {} }] }, {}, true],
  [{ MatchAnyObjectEncryption: [{ NOTSSE: {} }] }, { headers: { [sse]: "AES256" } }, false],
  [{ MatchAnyObjectEncryption: [{ NOTSSE: {} }] }, { refusal: 400 }, false],
  [{ MatchAnyObjectEncryption: [{ SSEC: {} }] }, { refusal: 400 }, true],
  [{ MatchAnyObjectEncryption: [{ SSEC: {} }] }, {}, false],
  [{ MatchAnyObjectEncryption: [{ SSEKMS: {} }] }, { headers: { [sse]: "aws:kms" } }, true],
  [{ MatchAnyObjectEncryption: [{ SSEKMS: {} }] }, { headers: { [sse]: "aws:kms:dsse" } }, false],
  [{ MatchAnyObjectEncryption: [{ DSSEKMS: {} }] }, { headers: { [sse]: "aws:kms:dsse" } }, true],
  [{ MatchAnyObjectEncryption: [{ SSEKMS: { KmsKeyArn: arn } }] }, { headers: { [sse]: "aws:kms", [`${sse}-aws-kms-key-id`]: arn } }, true],
  [{ MatchAnyObjectEncryption: [{ SSEKMS: { KmsKeyArn: arn } }] }, { headers: { [sse]: "aws:kms", [`${sse}-aws-kms-key-id`]: "other" } }, false],
  [{ MatchAnyObjectEncryption: [{ SSEKMS: { BucketKeyEnabled: true } }] }, { headers: { [sse]: "aws:kms" } }, false],
  [{ MatchAnyObjectEncryption: [{ SSEKMS: { BucketKeyEnabled: false } }] }, { headers: { [sse]: "aws:kms" } }, true],
  [{ MatchAnyObjectEncryption: [{ SSES3: {} }, { NOTSSE: {} }] }, {}, true],
  [{ MatchAnyTag: [{ Key: "a", Value: "1" }] }, { tags: [{ Key: "a", Value: "1" }] }, true],
  [{ MatchAnyTag: [{ Key: "a", Value: "1" }] }, { tags: [{ Key: "a", Value: "2" }] }, false],
  [{ MatchAnyTag: [{ Key: "a" }] }, { tags: [{ Key: "a", Value: "2" }] }, true],
  [{ MatchAnyTag: [{ Key: "a", Value: "" }] }, { tags: [{ Key: "a", Value: "2" }] }, false],
  [{ MatchAnyTag: [{ Key: "b" }, { Key: "a", Value: "2" }] }, { tags: [{ Key: "a", Value: "2" }] }, true],
  [{ MatchAnyTag: [{ Key: "a" }] }, { refusal: 404 }, false],
  [{ ObjectReplicationStatuses: ["NONE"] }, { refusal: 404 }, false],
])("%j selects %j: %s", (filter, object, selected) => expect(ask(filter, object)?.selected).toBe(selected));

const rule = (more: Partial<ReplicationRule> = {}): ReplicationRule => ({ prefix: "", tags: [], kms: false, ...more });
const wanted = { Key: "copy", Value: "yes" };

it.each<[ReplicationRule[], StoredObject, boolean, string[]]>([
  [[rule()], {}, true, ["HEAD"]],
  [[], {}, false, ["HEAD"]],
  [[rule({ prefix: "photos/" })], {}, true, ["HEAD"]],
  [[rule({ prefix: "films/" })], {}, false, ["HEAD"]],
  [[rule({ tags: [wanted] })], { tags: [wanted] }, true, ["HEAD", "GET"]],
  [[rule({ tags: [wanted, { Key: "b", Value: "" }] })], { tags: [wanted] }, false, ["HEAD", "GET"]],
  [[rule({ tags: [wanted] }), rule()], {}, true, ["HEAD"]],
  [[rule()], { headers: { [sse]: "aws:kms" } }, false, ["HEAD"]],
  [[rule({ kms: true })], { headers: { [sse]: "aws:kms" } }, true, ["HEAD"]],
])("rules %j take %j: %s", (rules, object, selected, asked) => {
  expect(ask({ EligibleForReplication: true }, object, rules)).toEqual({ selected, asked });
});

it("hands on what S3 refuses otherwise", () => {
  expect(() => ask({ ObjectReplicationStatuses: ["NONE"] }, { refusal: 403 })).toThrow(StepFailure);
});
