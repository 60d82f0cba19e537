import { describe, expect, it } from "vitest";
import { type JobContext, type Step, StepFailure, type TaskRequest } from "./operation.ts";
import { jobOperationSchema, operationOf, operations } from "./registry.ts";
import { testJob } from "./testing/test-job.ts";

/** Parameters of every operation that has a trial. */
const params: Record<string, unknown> = {
  S3PutObjectTagging: { TagSet: [{ Key: "a", Value: "b" }] },
  S3PutObjectCopy: {
    TargetResource: "arn:aws:s3:::target",
    StorageClass: "STANDARD_IA",
    ObjectLockLegalHoldStatus: "ON",
    ModifiedSinceConstraint: "2020-01-01T00:00:00Z",
  },
  S3DeleteObjectTagging: {},
  MergeObjectTagging: { TagSet: [{ Key: "a", Value: "b" }] },
  S3PutObjectAcl: { AccessControlPolicy: { CannedAccessControlList: "private" } },
  S3InitiateRestoreObject: { ExpirationInDays: 3, GlacierJobTier: "BULK" },
  S3PutObjectRetention: { Retention: { Mode: "GOVERNANCE", RetainUntilDate: "2040-01-01T00:00:00Z" } },
  S3PutObjectLegalHold: { LegalHold: { Status: "ON" } },
  DeleteObject: {},
  S3ReplicateObject: {},
  S3UpdateObjectEncryption: { ObjectEncryption: { SSEKMS: { KMSKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/k" } } },
};
const tried = operations.filter((operation) => "trial" in operation).map(({ name }) => name);
const rules =
  "<ReplicationConfiguration><Rule><Status>Enabled</Status><Priority>1</Priority><Filter><Prefix></Prefix></Filter><Destination><Bucket>arn:aws:s3:::replicas</Bucket></Destination></Rule></ReplicationConfiguration>";

/** Answers as a store does that allows everything and has no object but those of the job. */
function answer({ method, query, key }: TaskRequest): string | null {
  if ("uploads" in query) return "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>";
  if ("versioning" in query) return "<VersioningConfiguration/>";
  if ("uploadId" in query) return "";
  if ("replication" in query) return rules;
  return method === "HEAD" && key === "folder/a.jpg" ? "" : null;
}

function requestsOf(name: string, versionId: string | undefined, job: JobContext): TaskRequest[] {
  const { operation, params: parsed } = operationOf(jobOperationSchema.parse({ [name]: params[name] }));
  const steps = operation.trial?.(parsed, job)({ bucket: "b", key: "folder/a.jpg", versionId });
  if (!steps) throw new Error(`${name} has no trial`);
  const requests: TaskRequest[] = [];
  for (let next = steps.next(); !next.done; ) {
    const request = next.value as Step as TaskRequest;
    requests.push(request);
    const body = answer(request);
    next =
      body === null
        ? steps.throw(new StepFailure({ kind: "failed", httpStatus: 404, code: "NoSuchKey", message: "not there" }))
        : steps.next({ httpStatus: 200, headers: {}, body } as never);
  }
  return requests;
}

describe.each(tried)("what is tried for %s", (name) => {
  it.each([
    ["an object", undefined, false],
    ["a version", "v1", false],
    ["an object on Amazon S3", undefined, true],
  ])("of %s never writes to an object of the job", (_what, versionId, amazon) => {
    const requests = requestsOf(name, versionId, testJob({ amazon }));
    const begun = requests.filter(({ query }) => "uploads" in query);
    const ended = requests.filter(({ query }) => "uploadId" in query);
    for (const { method, query, key } of requests) {
      const harmless = method === "GET" || method === "HEAD" || (method === "POST" && "uploads" in query) || (method === "DELETE" && "uploadId" in query);
      expect(harmless || key.includes(".longshore-trial-"), `${method} ${key} ${JSON.stringify(query)}`).toBe(true);
    }
    expect(requests.length).toBeGreaterThan(0);
    expect(ended.map(({ bucket, key, always }) => ({ bucket, key, always }))).toEqual(begun.map(({ bucket, key }) => ({ bucket, key, always: true })));
    for (const { headers } of begun)
      expect(Object.keys(headers).filter((header) => header.includes("copy-source") || header.includes("directive"))).toEqual([]);
  });
});
