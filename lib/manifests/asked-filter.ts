import type { EncryptionFilter, ManifestFilter } from "../jobs/manifest-schema.ts";
import { headObject } from "../operations/object-head.ts";
import { readTags } from "../operations/object-tags.ts";
import { type Answer, StepFailure, type Steps, type Task } from "../operations/operation.ts";
import { headerOf } from "../operations/read-answer.ts";
import type { Tag } from "../operations/tags.ts";

/** An enabled rule of a bucket's replication, as far as it chooses objects. */
export interface ReplicationRule {
  prefix: string;
  /** All of them. */
  tags: readonly Tag[];
  /** Whether it takes objects that are encrypted with KMS. */
  kms: boolean;
}

/** What HEAD says of an object; null where it was refused for want of the customer's key. */
type Head = Answer | null;

/**
 * What of a filter a bucket's list does not tell, and has to be asked of each object.
 * @param rules the bucket's, where the filter is by EligibleForReplication
 * @returns null when the list tells all of it; else steps that say whether an object is selected
 */
export function createAskedFilter(filter: ManifestFilter, rules: readonly ReplicationRule[] = []): ((task: Task) => Steps<boolean>) | null {
  const { ObjectReplicationStatuses: statuses, MatchAnyObjectEncryption: encryptions, EligibleForReplication: eligible, MatchAnyTag: tags } = filter;
  const wantsHead = statuses !== undefined || encryptions !== undefined || eligible === true;
  if (!wantsHead && tags === undefined) return null;

  return function* (task) {
    try {
      const head = wantsHead ? yield* headOf(task) : null;
      if (statuses && !statuses.includes(replicationStatusOf(head))) return false;
      if (encryptions && !encryptions.some((encryption) => isEncryptedAs(head, encryption))) return false;
      const open = eligible ? rules.filter((rule) => task.key.startsWith(rule.prefix) && (rule.kms || !isKms(head))) : [];
      if (eligible && open.length === 0) return false;
      // Only where it depends on them.
      const found = tags || (eligible && open.every((rule) => rule.tags.length > 0)) ? yield* readTags(task) : [];
      const has = (tag: { Key: string; Value?: string | undefined }) =>
        found.some(({ Key, Value }) => Key === tag.Key && (tag.Value === undefined || Value === tag.Value));
      return (!tags || tags.some(has)) && (!eligible || open.some((rule) => rule.tags.every(has)));
    } catch (error) {
      // It was deleted since it was listed.
      if (error instanceof StepFailure && error.outcome.httpStatus === 404) return false;
      throw error;
    }
  };
}

/** S3 refuses to describe an object that is encrypted with a customer's key (SSE-C) to whoever does not send the key. */
function* headOf(task: Task): Steps<Head> {
  try {
    return yield* headObject(task);
  } catch (error) {
    if (error instanceof StepFailure && error.outcome.httpStatus === 400) return null;
    throw error;
  }
}

type ReplicationStatus = NonNullable<ManifestFilter["ObjectReplicationStatuses"]>[number];

function replicationStatusOf(head: Head): ReplicationStatus {
  const status = head && headerOf(head, "x-amz-replication-status");
  if (!status) return "NONE";
  // S3's own documentation has both.
  return (status === "COMPLETE" ? "COMPLETED" : status) as ReplicationStatus;
}

const encryptionOf = (head: Answer): string | undefined => headerOf(head, "x-amz-server-side-encryption");
const isKms = (head: Head): boolean => head !== null && (encryptionOf(head)?.startsWith("aws:kms") ?? false);

function isEncryptedAs(head: Head, filter: EncryptionFilter): boolean {
  if (filter.SSEC) return head === null;
  if (head === null) return false;
  const encryption = encryptionOf(head);
  if (filter.NOTSSE) return encryption === undefined;
  if (filter.SSES3) return encryption === "AES256";
  const { KmsKeyArn, BucketKeyEnabled } = filter.SSEKMS ?? filter.DSSEKMS ?? {};
  return (
    encryption === (filter.SSEKMS ? "aws:kms" : "aws:kms:dsse") &&
    (KmsKeyArn === undefined || headerOf(head, "x-amz-server-side-encryption-aws-kms-key-id") === KmsKeyArn) &&
    (BucketKeyEnabled === undefined || (headerOf(head, "x-amz-server-side-encryption-bucket-key-enabled") === "true") === BucketKeyEnabled)
  );
}
