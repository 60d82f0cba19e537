import { randomUUID } from "node:crypto";
import { posix } from "node:path";
import { CreateBucketCommand, ListMultipartUploadsCommand, ListObjectVersionsCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ContractServer, startContractSandbox } from "../../sandbox/contract/servers.ts";
import { operations } from "../operations/registry.ts";
import { connectS3, type S3Target } from "../s3/connect-s3.ts";
import type { Capability } from "./capability.ts";
import { noSuchVersion } from "./lab.ts";
import { groupNeeds } from "./needs-of-job.ts";
import { refusalsOf } from "./refusals.ts";
import { ProbeFailure, runProbe } from "./run-probe.ts";
import { type Lie, startHostileStore } from "./testing/hostile-store.ts";
import { allTrials } from "./trials/all-trials.ts";
import type { ProbeResult, Verdict } from "./verdict.ts";

let server: ContractServer;
let target: S3Target;
let s3: S3Client;

beforeAll(async () => {
  server = await startContractSandbox();
  const { endpoint, accessKeyId, secretAccessKey } = server;
  target = { endpoint, accessKeyId, secretAccessKey, region: "us-east-1", addressing: "path" };
  s3 = connectS3(target);
  await s3.send(new CreateBucketCommand({ Bucket: "plain" }));
  await s3.send(new CreateBucketCommand({ Bucket: "locked", ObjectLockEnabledForBucket: true }));
});

afterAll(async () => {
  s3.destroy();
  await server.stop();
});

const all = allTrials.map(({ capability }) => capability);

const probe = async (workBucket: string, { at = target, only = all, runId = randomUUID() as string, connectionId = "one" } = {}): Promise<ProbeResult[]> => {
  const options = { run: { runId, attempt: 0 }, now: () => new Date(), pausesMs: [], trials: allTrials.filter(({ capability }) => only.includes(capability)) };
  return (await runProbe({ ...at, connectionId, workBucket, workPrefix: ".longshore/" }, options)).results;
};

const badOnes = (results: readonly ProbeResult[]): Partial<Record<Capability, Verdict>> =>
  Object.fromEntries(results.filter(({ verdict }) => verdict !== "works" && verdict !== "untried").map(({ capability, verdict }) => [capability, verdict]));

/** What takes versions or locks. */
const untriedWhenPlain: Capability[] = all.filter((capability) => /Version|Lock$|Retention|LegalHold/.test(capability));

/** Keys and bodies of everything in a bucket, every version of it. */
async function contents(Bucket: string): Promise<string[]> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  return [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => `${Key} ${VersionId}`).concat(Uploads.map(({ Key }) => `upload ${Key}`));
}

describe("of a healthy store", () => {
  test.each(["plain", "locked"])("raises no false alarm in the bucket %s, and leaves nothing behind", async (bucket) => {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: ".longshore/somebody else's", Body: "x" }));
    const before = await contents(bucket);
    const results = await probe(bucket);
    expect(badOnes(results)).toEqual({});
    expect(results.filter(({ verdict }) => verdict === "untried").map(({ capability }) => capability)).toEqual(
      bucket === "plain" ? all.filter((capability) => untriedWhenPlain.includes(capability)) : [],
    );
    expect(await contents(bucket)).toEqual(before);
  });

  test("is not taken for a damaging one when two connections share its work area", async () => {
    const both = await Promise.all([probe("plain", { connectionId: "one" }), probe("plain", { connectionId: "two" })]);
    for (const results of both) expect(badOnes(results)).toEqual({});
  });
});

const ok = (body = ""): Awaited<ReturnType<Lie>> => ({ status: 200, headers: { "content-type": "application/xml" }, body });
const names = (query: Record<string, string>, ...some: string[]) => some.some((name) => query[name] !== undefined);
const without = (headers: Record<string, string>, pattern: RegExp) => Object.fromEntries(Object.entries(headers).filter(([name]) => !pattern.test(name)));
const decodeAgain = (key: string): string => {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
};

interface Case {
  name: string;
  lie: Lie;
  finds: Partial<Record<Capability, Verdict>>;
  /** Words of the reason of the first of them. */
  says: RegExp;
  bucket?: "plain";
}

const cases: Case[] = [
  {
    name: "overwrites the object with the XML of a subresource",
    lie: async (request, pass) => {
      if (request.method !== "PUT" || !names(request.query, "tagging", "acl", "retention", "legal-hold")) return pass(request);
      await pass({ method: "PUT", key: request.key, body: request.body });
      return ok();
    },
    finds: { PutObjectTagging: "damages", PutObjectAcl: "damages", PutObjectRetention: "damages", PutObjectLegalHold: "damages" },
    says: /overwrote the object with the request's own XML/,
  },
  {
    name: "does so where there is no Object Lock",
    bucket: "plain",
    lie: async (request, pass) => {
      if (request.method !== "PUT" || !names(request.query, "retention", "legal-hold")) return pass(request);
      await pass({ method: "PUT", key: request.key, body: request.body });
      return ok();
    },
    finds: { PutObjectRetention: "damages", PutObjectLegalHold: "damages" },
    says: /overwrote/,
  },
  {
    name: "says yes to retention where there is no Object Lock",
    bucket: "plain",
    lie: async (request, pass) => (request.method === "PUT" && names(request.query, "retention") ? ok() : pass(request)),
    finds: { PutObjectRetention: "ignored" },
    says: /has no Object Lock/,
  },
  {
    name: "deletes the object for its tags",
    lie: async (request, pass) => pass(request.method === "DELETE" && names(request.query, "tagging") ? { method: "DELETE", key: request.key } : request),
    finds: { DeleteObjectTagging: "damages", DeleteObjectVersionTagging: "damages" },
    says: /deleted the object/,
  },
  {
    name: "deletes an object for a version that does not exist",
    lie: async (request, pass) => {
      const isUnknown = request.method === "DELETE" && request.versionId === noSuchVersion;
      return pass({
        ...request,
        versionId: isUnknown ? undefined : request.versionId,
        body: request.body.replace(`<VersionId>${noSuchVersion}</VersionId>`, ""),
      });
    },
    finds: { DeleteObjectVersion: "damages", DeleteObjectsVersion: "damages" },
    says: /version that does not exist: The store deleted the object/,
  },
  {
    name: "takes the newest version for any",
    lie: async (request, pass) => pass(request.method === "DELETE" && request.query.tagging === undefined ? request : { ...request, versionId: undefined }),
    finds: {
      GetObjectVersion: "ignored",
      GetObjectVersionTagging: "ignored",
      PutObjectVersionTagging: "damages",
      DeleteObjectVersionTagging: "damages",
      PutObjectVersionAcl: "damages",
    },
    says: /version that does not exist/,
  },
  {
    name: "ignores the tagging directive",
    lie: async (request, pass) => pass({ ...request, headers: without(request.headers, /^x-amz-tagging-directive$/) }),
    finds: { CopyObjectTags: "ignored" },
    says: /ignores the tagging directive/,
  },
  {
    name: "ignores the metadata directive",
    lie: async (request, pass) =>
      pass(
        request.headers["x-amz-copy-source"] && request.headers["x-amz-meta-new"] && !request.headers["x-amz-meta-probe"]
          ? { ...request, headers: { "x-amz-copy-source": request.headers["x-amz-copy-source"] } }
          : request,
      ),
    finds: { CopyObjectMetadata: "ignored" },
    says: /copies the old/,
  },
  {
    name: "drops the headers of Object Lock",
    lie: async (request, pass) => pass({ ...request, headers: without(request.headers, /^x-amz-object-lock-/) }),
    finds: { PutObjectLock: "ignored", CopyObjectLock: "ignored", MultipartUploadLock: "ignored" },
    says: /drops the retention/,
  },
  {
    name: "lets what is locked be deleted",
    lie: async (request, pass) => pass(request.method === "DELETE" ? { ...request, headers: { "x-amz-bypass-governance-retention": "true" } } : request),
    finds: { PutObjectRetention: "ignored" },
    says: /lets the version be deleted/,
  },
  {
    name: "ignores conditions of a copy",
    lie: async (request, pass) => pass({ ...request, headers: without(request.headers, /^x-amz-copy-source-if-/) }),
    finds: { CopyObjectIfMatch: "ignored", CopyObjectDates: "ignored", UploadPartCopyIfMatch: "ignored" },
    says: /another ETag/,
  },
  {
    name: "decodes keys twice",
    lie: async (request, pass) => pass({ ...request, key: decodeAgain(request.key) }),
    finds: { ObjectKeys: "damages", CopyObjectKeys: "damages", PutObjectTagging: "damages", DeleteObject: "damages" },
    says: /takes keys with .* for each other/,
  },
  {
    name: "merges slashes",
    lie: async (request, pass) => pass({ ...request, key: request.key.replace(/\/+/g, "/") }),
    finds: { ObjectKeys: "damages", PutObjectTagging: "damages", DeleteObject: "damages" },
    says: /doubled slashes/,
  },
  {
    name: "follows dot segments",
    lie: async (request, pass) => pass({ ...request, key: request.key === "" ? "" : posix.normalize(request.key) }),
    finds: { ObjectKeys: "damages" },
    says: /dot segments|doubled slashes/,
  },
  {
    name: "answers GetObjectAttributes with the object",
    lie: async (request, pass) => {
      const { attributes: _attributes, ...query } = request.query;
      return pass({ ...request, query, headers: without(request.headers, /^x-amz-object-attributes$/) });
    },
    finds: { GetObjectAttributes: "ignored" },
    says: /the object's own content/,
  },
  {
    name: "answers with garbage",
    lie: async (request, pass) =>
      names(request.query, "tagging", "acl", "list-type") && request.method === "GET" ? ok("<!DOCTYPE html><p>Welcome") : pass(request),
    finds: { GetObjectTagging: "ignored", PutObjectTagging: "ignored", GetObjectAcl: "ignored", PutObjectAcl: "ignored", ListObjects: "ignored" },
    says: /something else than a/,
  },
  {
    name: "cuts a list short without a token",
    lie: async (request, pass) => {
      const answer = await pass(request);
      return { ...answer, body: answer.body.replace(/<NextContinuationToken>.*<\/NextContinuationToken>/, "") };
    },
    finds: { ListObjects: "ignored" },
    says: /does not say how to go on/,
  },
  {
    name: "begins a list again and again",
    lie: async (request, pass) => {
      const { "continuation-token": _token, ...query } = request.query;
      return pass({ ...request, query });
    },
    finds: { ListObjects: "ignored" },
    says: /for ever/,
  },
  {
    name: "deletes more than is named",
    lie: async (request, pass) => {
      if (request.query.delete === undefined) return pass(request);
      const [key] = /(?<=<Key>)[^<]*(?=<\/Key>)/.exec(request.body) ?? [""];
      await pass({ method: "DELETE", key: key.replace(/[^/]*$/, "neighbour") });
      return pass(request);
    },
    finds: { DeleteObjects: "damages", DeleteObjectsVersion: "damages" },
    says: /deleted another object/,
  },
  {
    name: "says that tags and ACLs are set, and does nothing",
    lie: async (request, pass) => (request.method === "PUT" && names(request.query, "tagging", "acl") ? ok() : pass(request)),
    finds: { PutObjectTagging: "ignored", GetObjectTagging: "ignored", PutObjectAcl: "ignored", PutObjectVersionTagging: "ignored" },
    says: /answers 200/,
  },
  {
    name: "drops the metadata of what it tags",
    lie: async (request, pass) => {
      const answer = await pass(request);
      if (request.method === "PUT" && names(request.query, "tagging")) {
        const now = await pass({ method: "GET", key: request.key });
        await pass({ method: "PUT", key: request.key, body: now.body, headers: { "content-type": "text/x-probe" } });
        await pass(request);
      }
      return answer;
    },
    finds: { PutObjectTagging: "damages" },
    says: /dropped the user metadata/,
  },
  {
    name: "gives the whole object for a part",
    lie: async (request, pass) => pass({ ...request, headers: without(request.headers, /^range$/) }),
    finds: { GetObjectRange: "ignored" },
    says: /answers 200/,
  },
  {
    name: "cuts the line in the middle of an answer",
    lie: async (request, pass) => {
      if (request.query.tagging !== undefined && request.method === "PUT") throw new Error("cut");
      return pass(request);
    },
    finds: { PutObjectTagging: "refused" },
    says: /no whole answer/,
  },
  {
    name: "gives back something else than was written",
    lie: async (request, pass) => pass(request.method === "PUT" && request.body !== "" ? { ...request, body: request.body.slice(1) } : request),
    finds: { PutObject: "damages" },
    says: /changed the content|not give it back/,
  },
];

describe("of a store that", () => {
  test.each(cases)("$name", async ({ lie, finds, says, bucket = "locked" }) => {
    const hostile = await startHostileStore(target, bucket, lie);
    try {
      const only = Object.keys(finds) as Capability[];
      const results = await probe(bucket, {
        at: { ...target, endpoint: hostile.endpoint },
        only: ["PutObject", "GetObject", "HeadObject", "CopyObject", ...only],
      });
      expect(badOnes(results)).toMatchObject(finds);
      expect(Object.keys(badOnes(results)).sort()).toEqual([...only].sort());
      expect(results.find(({ capability }) => capability === only[0])?.reason).toMatch(says);
      for (const operation of operations) {
        const needed = groupNeeds(operation.needs?.(operation.initial as never, { amazon: false }) ?? [], true).flatMap(({ capabilities }) => capabilities);
        expect(refusalsOf(needed, results).map(({ capability }) => capability)).toEqual(
          expect.arrayContaining(needed.filter((capability) => only.includes(capability))),
        );
      }
    } finally {
      await hostile.close();
    }
  });

  test("deletes nothing for a list that names what is not its own", async () => {
    await s3.send(new PutObjectCommand({ Bucket: "plain", Key: "precious", Body: "x" }));
    const forged = `<ListVersionsResult><Version><Key>precious</Key><VersionId>null</VersionId><LastModified>2000-01-01T00:00:00Z</LastModified></Version></ListVersionsResult>`;
    const hostile = await startHostileStore(target, "plain", async (request, pass) => (request.query.versions === undefined ? pass(request) : ok(forged)));
    await probe("plain", { at: { ...target, endpoint: hostile.endpoint }, only: ["PutObject"] }).finally(hostile.close);
    expect((await contents("plain")).filter((entry) => entry.startsWith("precious"))).toHaveLength(1);
  });
});

test("says what is wrong with a work area that cannot be used, and nothing else", async () => {
  await expect(probe("nowhere")).rejects.toThrow(/There is no bucket nowhere/);
  await expect(probe("nowhere")).rejects.toBeInstanceOf(ProbeFailure);
});

test("has a trial for every capability", async () => {
  const { capabilities } = await import("./capability.ts");
  expect([...all].sort()).toEqual(Object.keys(capabilities).sort());
});
