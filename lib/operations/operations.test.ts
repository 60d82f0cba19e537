import { describe, expect, it } from "vitest";
import type { Task, TaskOutcome } from "./operation.ts";
import { type JobOperation, jobOperationSchema, operationOf, operations, runOperation } from "./registry.ts";
import { driveSteps, type Reply } from "./testing/drive-steps.ts";
import { testJob } from "./testing/test-job.ts";

const wrong = (operation: unknown): string[] =>
  jobOperationSchema.safeParse(operation).error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];
const parse = (operation: unknown): JobOperation => jobOperationSchema.parse(operation);
const object: Task = { bucket: "b", key: "k" };
const until = "2040-01-01T00:00:00.000Z";
const xmlns = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** Runs one task of a job. @returns its outcome, and its requests as method and path with what was sent */
function run(operation: unknown, reply: (request: { method: string }) => Reply, task = object, DryRun = false) {
  const run = runOperation({ Operation: parse(operation), DryRun }, testJob());
  if ("compile" in run) throw new Error("takes one request");
  const { result, requests } = driveSteps(run.steps([task]), reply);
  return { outcome: result[0] as TaskOutcome, requests };
}
function compile(operation: unknown, task = object) {
  const run = runOperation({ Operation: parse(operation) }, testJob());
  if (!("compile" in run)) throw new Error("takes several steps");
  return run.compile(task);
}

describe("every operation", () => {
  const examples: Record<string, unknown> = {
    S3PutObjectTagging: { TagSet: [] },
    MergeObjectTagging: { RemoveKeys: ["a"] },
    S3DeleteObjectTagging: {},
    S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target" },
    S3PutObjectAcl: { AccessControlPolicy: { CannedAccessControlList: "private" } },
    S3PutObjectRetention: { Retention: { Mode: "GOVERNANCE", RetainUntilDate: until } },
    S3PutObjectLegalHold: { LegalHold: { Status: "ON" } },
    S3InitiateRestoreObject: { ExpirationInDays: 1 },
    DeleteObject: {},
  };
  it.each(operations.filter(({ name }) => name in examples).map(({ name }) => name))("%s is described, and says what it needs", (name) => {
    const { operation, params } = operationOf(parse({ [name]: examples[name] }));
    expect(operation.describe(params)).not.toMatch(/undefined|null|\.$/);
    expect(operation.permissions(params, "bucket").every(({ action, resource }) => action.startsWith("s3:") && resource.startsWith("arn:aws:s3:::"))).toBe(
      true,
    );
    expect(operation.needs?.(params, { amazon: false })).not.toEqual([]);
    expect(operation.previewNeeds?.(params, { amazon: false })).not.toEqual([]);
    for (const field of operation.fields) expect(field.label).not.toBe("");
  });
});

describe("what can never be undone", () => {
  it.each([
    [{ S3DeleteObjectTagging: {} }, null],
    [{ S3PutObjectAcl: { AccessControlPolicy: { CannedAccessControlList: "public-read" } } }, null],
    [{ S3PutObjectRetention: { Retention: { Mode: "GOVERNANCE", RetainUntilDate: until } } }, null],
    [{ S3PutObjectRetention: { Retention: { Mode: "COMPLIANCE", RetainUntilDate: until } } }, "before 2040-01-01 00:00 UTC"],
    [{ S3PutObjectRetention: { BypassGovernanceRetention: true } }, null],
    [{ S3PutObjectLegalHold: { LegalHold: { Status: "ON" } } }, null],
    [{ DeleteObject: {} }, "deleted for good"],
  ])("%j: %j", (value, words) => {
    const { operation, params } = operationOf(parse(value));
    expect(operation.irreversible(params)).toEqual(words === null ? null : expect.stringContaining(words));
  });
});

describe("what is refused, and where", () => {
  const grant = (Permission: string, TypeIdentifier = "id", Identifier = "a") => ({ Grantee: { TypeIdentifier, Identifier }, Permission });
  const acl = (policy: unknown) => ({ S3PutObjectAcl: { AccessControlPolicy: policy } });
  it.each([
    [{ S3DeleteObjectTagging: { TagSet: [] } }, "Unrecognized key"],
    [{ MergeObjectTagging: {} }, "TagSet: Give tags to set, or keys to remove"],
    [{ MergeObjectTagging: { TagSet: [{ Key: "a", Value: "" }], RemoveKeys: ["b", "a"] } }, 'RemoveKeys.1: The key "a" is to be set and removed'],
    [{ MergeObjectTagging: { RemoveKeys: ["aws:x"] } }, "RemoveKeys.0: A tag's key may not begin with aws:"],
    [acl({}), "AccessControlPolicy.CannedAccessControlList: Choose a canned ACL, or give grants"],
    [{ S3PutObjectAcl: {} }, "AccessControlPolicy.CannedAccessControlList: Choose a canned ACL"],
    [acl({ CannedAccessControlList: "everybody" }), "AccessControlPolicy.CannedAccessControlList"],
    [
      acl({ CannedAccessControlList: "private", AccessControlList: { Grants: [grant("READ")] } }),
      "AccessControlPolicy.AccessControlList.Grants: Give a canned",
    ],
    [acl({ AccessControlList: { Grants: [grant("WRITE")] } }), "AccessControlList.Grants.0.Permission: WRITE is for buckets"],
    [acl({ AccessControlList: { Grants: [grant("READ", "id", 'a", uri="x')] } }), 'Grants.0.Grantee.Identifier: may not have a "'],
    [acl({ AccessControlList: { Owner: { ID: "o" } } }), "AccessControlPolicy.CannedAccessControlList: Choose a canned ACL"],
    [{ S3PutObjectRetention: {} }, "Retention.Mode: Choose a mode"],
    [{ S3PutObjectRetention: { Retention: { Mode: "GOVERNANCE" } } }, "Retention.RetainUntilDate: A retention mode needs a date"],
    [{ S3PutObjectRetention: { Retention: { RetainUntilDate: until } } }, "Retention.Mode: A retention date needs a mode"],
    [{ S3PutObjectRetention: { Retention: { Mode: "GOVERNANCE", RetainUntilDate: "soon" } } }, "Retention.RetainUntilDate: must be a date"],
    [{ S3PutObjectLegalHold: {} }, "LegalHold"],
    [{ S3PutObjectLegalHold: { LegalHold: { Status: "" } } }, "LegalHold.Status: Choose on or off"],
    [{ S3InitiateRestoreObject: { ExpirationInDays: 0 } }, "ExpirationInDays: is 1 at least"],
    [{ S3InitiateRestoreObject: { ExpirationInDays: 1.5 } }, "ExpirationInDays: must be a whole number"],
    [{ S3InitiateRestoreObject: { ExpirationInDays: 1, GlacierJobTier: "EXPEDITED" } }, "GlacierJobTier"],
    [{ DeleteObject: { Everything: true } }, "Unrecognized key"],
  ])("%j", (operation, message) => expect(wrong(operation).join()).toContain(message));
});

describe("one request", () => {
  const id = (Identifier: string) => ({ Grantee: { TypeIdentifier: "id", Identifier }, Permission: "FULL_CONTROL" });
  const all = { Grantee: { TypeIdentifier: "uri", Identifier: "http://acs.amazonaws.com/groups/global/AllUsers" }, Permission: "READ" };
  it.each([
    [{ S3DeleteObjectTagging: {} }, { method: "DELETE", query: { tagging: "" }, headers: {}, body: "" }],
    [
      { S3PutObjectAcl: { AccessControlPolicy: { CannedAccessControlList: "public-read" } } },
      { method: "PUT", query: { acl: "" }, headers: { "x-amz-acl": "public-read" }, body: "" },
    ],
    [
      { S3PutObjectAcl: { AccessControlPolicy: { AccessControlList: { Grants: [id("a"), all, id("b")] } } } },
      {
        method: "PUT",
        query: { acl: "" },
        headers: { "x-amz-grant-full-control": 'id="a", id="b"', "x-amz-grant-read": 'uri="http://acs.amazonaws.com/groups/global/AllUsers"' },
        body: "",
      },
    ],
    [
      { S3PutObjectAcl: { AccessControlPolicy: { AccessControlList: { Owner: { ID: "o<" }, Grants: [id("a&")] } } } },
      {
        method: "PUT",
        query: { acl: "" },
        headers: { "content-type": "application/xml" },
        body: `<AccessControlPolicy ${xmlns}><Owner><ID>o&lt;</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>a&amp;</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>`,
      },
    ],
    [
      { S3PutObjectRetention: { BypassGovernanceRetention: true, Retention: { Mode: "GOVERNANCE", RetainUntilDate: "2040-01-01T02:00:00+02:00" } } },
      {
        method: "PUT",
        query: { retention: "" },
        headers: { "content-type": "application/xml", "x-amz-bypass-governance-retention": "true" },
        body: `<Retention ${xmlns}><Mode>GOVERNANCE</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`,
      },
    ],
    [
      { S3PutObjectRetention: { BypassGovernanceRetention: true, Retention: {} } },
      { method: "PUT", query: { retention: "" }, headers: { "x-amz-bypass-governance-retention": "true" }, body: `<Retention ${xmlns}></Retention>` },
    ],
    [
      { S3PutObjectLegalHold: { LegalHold: { Status: "OFF" } } },
      { method: "PUT", query: { "legal-hold": "" }, body: `<LegalHold ${xmlns}><Status>OFF</Status></LegalHold>` },
    ],
  ])("%j", (operation, request) => {
    expect(compile(operation)).toMatchObject({ ...request, bucket: "b", key: "k", versionId: undefined });
    expect(compile(operation, { ...object, versionId: "v" }).versionId).toBe("v");
  });
});

describe("MergeObjectTagging", () => {
  const tagging = (tags: Record<string, string>): Reply => ({
    body: `<Tagging><TagSet>${Object.entries(tags)
      .map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`)
      .join("")}</TagSet></Tagging>`,
  });
  const merge = { MergeObjectTagging: { TagSet: [{ Key: "team", Value: "data" }], RemoveKeys: ["old"] } };
  const written = (requests: readonly { body: string }[]) =>
    [...(requests[1]?.body ?? "").matchAll(/<Key>(.*?)<\/Key><Value>(.*?)<\/Value>/g)].map((m) => `${m[1]}=${m[2]}`);

  it.each([
    [{}, ["team=data"]],
    [{ a: "1", old: "x", team: "b" }, ["a=1", "team=data"]],
    [{ old: "x" }, ["team=data"]],
    [{ " a ": " 1 " }, [" a = 1 ", "team=data"]],
    [{ "x&quot;&#39;&amp;#34;": "" }, ["x&quot;&apos;&amp;#34;=", "team=data"]],
  ])("makes of %j %j", (now, next) => {
    const { outcome, requests } = run(merge, ({ method }) => (method === "GET" ? tagging(now) : {}), { ...object, versionId: "v" });
    expect(outcome).toEqual({ kind: "succeeded", httpStatus: 200 });
    expect(requests).toMatchObject([
      { method: "GET", query: { tagging: "" }, versionId: "v" },
      { method: "PUT", query: { tagging: "" }, versionId: "v" },
    ]);
    expect(written(requests)).toEqual(next);
  });

  it("writes nothing where there is nothing to change", () => {
    const { outcome, requests } = run(merge, () => tagging({ z: "1", team: "data" }));
    expect(outcome).toMatchObject({ kind: "succeeded", message: expect.stringContaining("So already") });
    expect(requests).toHaveLength(1);
  });

  it("leaves an object alone that would have more than ten tags", () => {
    const ten = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`k${index}`, ""]));
    const { outcome, requests } = run(merge, () => tagging(ten));
    expect(outcome).toMatchObject({ kind: "failed", code: "TooManyTags", message: expect.stringContaining("11 tags") });
    expect(requests).toHaveLength(1);
    expect(run(merge, () => tagging(ten), object, true).outcome).toMatchObject({ message: expect.stringContaining("refused: 11 tags") });
  });
});

describe("S3InitiateRestoreObject", () => {
  const restore = { S3InitiateRestoreObject: { ExpirationInDays: 7, GlacierJobTier: "BULK" } };
  it.each<[Reply, object]>([
    [{ httpStatus: 202 }, { kind: "succeeded", httpStatus: 202, message: "Restore initiated" }],
    [{ httpStatus: 200 }, { kind: "succeeded", httpStatus: 200, message: expect.stringContaining("Restored already") }],
    [
      { httpStatus: 409, code: "RestoreAlreadyInProgress" },
      { kind: "succeeded", httpStatus: 409, message: "A restore was under way already" },
    ],
  ])("%j is %j", (reply, outcome) => {
    const done = run(restore, () => reply);
    expect(done.outcome).toEqual(outcome);
    expect(done.requests).toMatchObject([
      {
        method: "POST",
        query: { restore: "" },
        body: `<RestoreRequest ${xmlns}><Days>7</Days><GlacierJobParameters><Tier>Bulk</Tier></GlacierJobParameters></RestoreRequest>`,
      },
    ]);
  });

  it("fails for what is not archived", () => {
    expect(() => run(restore, () => ({ httpStatus: 403, code: "InvalidObjectState" }))).toThrow("InvalidObjectState");
  });

  it("asks without days for INTELLIGENT_TIERING", () => {
    expect(run({ S3InitiateRestoreObject: {} }, () => ({ httpStatus: 202 })).requests[0]?.body).toBe(`<RestoreRequest ${xmlns}></RestoreRequest>`);
  });

  it.each([
    [{ "x-amz-storage-class": "GLACIER" }, "Would change Readable copy: none → readable for 7 days once restored"],
    [
      { "x-amz-storage-class": "GLACIER", "x-amz-restore": 'ongoing-request="true"' },
      "Would change Readable copy: being restored → readable for 7 days once restored",
    ],
    [{}, "Would change Readable copy: not needed: STANDARD is not archived → refused: the object is not archived"],
  ])("of an object with %j dry: %s", (headers, message) => {
    expect(run(restore, () => ({ headers }), object, true).outcome).toMatchObject({ message });
  });
});

describe("a dry run", () => {
  const acl = (grants: string) => ({
    body: `<AccessControlPolicy ${xmlns}><Owner><ID>me</ID></Owner><AccessControlList>${grants}</AccessControlList></AccessControlPolicy>`,
  });
  const full =
    '<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>me</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant>';
  const retention = (mode: string, date: string) => ({ body: `<Retention><Mode>${mode}</Mode><RetainUntilDate>${date}</RetainUntilDate></Retention>` });
  const governance = { S3PutObjectRetention: { Retention: { Mode: "GOVERNANCE", RetainUntilDate: until } } };
  it.each<[unknown, Reply, string]>([
    [{ S3PutObjectAcl: { AccessControlPolicy: { CannedAccessControlList: "private" } } }, acl(full), "Nothing would change"],
    [
      { S3PutObjectAcl: { AccessControlPolicy: { CannedAccessControlList: "public-read" } } },
      acl(full),
      "Would change Access: FULL_CONTROL to the owner → FULL_CONTROL to the owner, READ to everybody",
    ],
    [
      { S3PutObjectLegalHold: { LegalHold: { Status: "ON" } } },
      { httpStatus: 404, code: "NoSuchObjectLockConfiguration" },
      "Would change Legal hold: OFF → ON",
    ],
    [governance, { httpStatus: 404, code: "ObjectLockConfigurationNotFoundError" }, "Would change Retention: none → GOVERNANCE until 2040-01-01 00:00 UTC"],
    [governance, retention("GOVERNANCE", "2040-01-01T00:00:00.000000000Z"), "Nothing would change"],
    [governance, retention("COMPLIANCE", "2035-01-01T00:00:00Z"), "COMPLIANCE retention can only be extended"],
    [governance, retention("GOVERNANCE", "2041-01-01T00:00:00Z"), "shortened or removed with a bypass only"],
    [governance, retention("COMPLIANCE", "2020-01-01T00:00:00Z"), "→ GOVERNANCE until 2040-01-01 00:00 UTC"],
    [{ S3DeleteObjectTagging: {} }, { body: "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>" }, "Would change Tags: a = b → none"],
  ])("of %j where the store says %j", (operation, reply, message) => {
    const { outcome, requests } = run(operation, () => reply, object, true);
    expect(outcome).toMatchObject({ kind: "succeeded", message: expect.stringContaining(message) });
    expect(requests.every(({ method }) => method === "GET" || method === "HEAD")).toBe(true);
  });

  it.each<[string, Reply, Record<string, string>, Task, string]>([
    ["Enabled", {}, {}, object, "hidden by a delete marker"],
    ["", {}, {}, object, "→ deleted for good"],
    ["Enabled", {}, {}, { ...object, versionId: "v" }, "→ deleted for good"],
    ["Enabled", {}, { "x-amz-object-lock-legal-hold": "ON" }, { ...object, versionId: "v" }, "refused: kept by a legal hold"],
    [
      "Enabled",
      {},
      { "x-amz-object-lock-mode": "GOVERNANCE", "x-amz-object-lock-retain-until-date": until },
      { ...object, versionId: "v" },
      "refused: kept by GOVERNANCE until",
    ],
    ["Enabled", { httpStatus: 403, code: "AccessDenied" }, {}, object, "or hidden by a delete marker where"],
  ])("of a deletion, versioning %j", (Status, refused, headers, task, message) => {
    const reply = ({ method }: { method: string }): Reply =>
      method === "HEAD"
        ? { headers: { "content-length": "5", ...headers } }
        : { body: `<VersioningConfiguration><Status>${Status}</Status></VersioningConfiguration>`, ...refused };
    expect(run({ DeleteObject: {} }, reply, task, true).outcome).toMatchObject({ message: expect.stringContaining(message) });
  });
});
