import { GetObjectCommand, GetObjectTaggingCommand, ListObjectVersionsCommand, PutBucketVersioningCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ManifestFilter } from "#lib/jobs/manifest-schema.ts";
import { type ContractServer, startContractRgw, whyNoRgw } from "../sandbox/contract/servers.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

/** Keys that a sloppy encoder, a normalising client or a form decoder would turn into another object. */
const oddKeys = [
  "plain.txt",
  "with space and +plus",
  "100% & more? #1=yes,no;ok",
  "quote\"and'apostrophe",
  "日本語/ключ/🚢",
  "/leading/slash",
  "dots/../and/./more",
  "double//slash",
  "trailing/",
  "(brackets)!*~",
  `long/${"x".repeat(1_019)}`,
];

const noRgw = whyNoRgw();
const servers: [string, (() => Promise<ContractServer>) | null, boolean][] = [
  ["the sandbox", null, true],
  ["Ceph RGW", startContractRgw, noRgw === undefined],
];

/** What a job did is read from the objects themselves, on a server of ours and on one that is not. */
describe.each(servers)("on %s", (_name, start, present) => {
  describe.runIf(present)("a job", () => {
    let engine: Engine;
    let server: ContractServer | undefined;
    beforeAll(async () => {
      server = await start?.();
      engine = await startEngine(server);
      for (const key of oddKeys) await engine.put("data", key, `body of ${key}`);
    });
    afterAll(async () => {
      await engine?.stop();
      await server?.stop();
    });

    const tagsOf = async (key: string, VersionId?: string) =>
      (await engine.s3.send(new GetObjectTaggingCommand({ Bucket: "data", Key: key, VersionId }))).TagSet;
    const bodyOf = async (bucket: string, key: string) => (await engine.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body?.transformToString();

    it("tags exactly the objects that its manifest names, and leaves their bodies alone", async () => {
      const jobId = await engine.create(rowsOf(oddKeys), { Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team/a b", Value: "x+y=z @1" }] } } });
      expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: oddKeys.length, failedTasks: 0, errors: [] });
      for (const key of oddKeys) {
        expect(await tagsOf(key), key).toEqual([{ Key: "team/a b", Value: "x+y=z @1" }]);
        expect(await bodyOf("data", key), key).toBe(`body of ${key}`);
      }
      expect((await engine.rows(jobId)).map((row) => row.key).sort()).toEqual([...oddKeys].sort());
    });

    it("lists a bucket for itself, and works on each of its objects once", async () => {
      const generator = (Filter: ManifestFilter) => ({
        Manifest: undefined,
        ManifestGenerator: { S3JobManifestGenerator: { SourceBucket: "arn:aws:s3:::data", EnableManifestOutput: false, Filter } },
      });
      const all = await engine.create([], generator({}));
      expect(await engine.run(all)).toMatchObject({ status: "Complete", succeededTasks: oddKeys.length, failedTasks: 0, errors: [] });
      expect((await engine.rows(all)).map((row) => row.key).sort()).toEqual([...oddKeys].sort());
      expect(await engine.keys("work")).toEqual([]);

      const some = await engine.create([], generator({ KeyNameConstraint: { MatchAnyPrefix: ["dots/", "日本", "/"], MatchAnySubstring: ["/"] } }));
      expect(await engine.run(some)).toMatchObject({ status: "Complete", succeededTasks: 3 });
      expect((await engine.rows(some)).map((row) => row.key).sort()).toEqual(["/leading/slash", "dots/../and/./more", "日本語/ключ/🚢"]);
    });

    it("copies them under a prefix, with their bodies", async () => {
      const copied = oddKeys.filter((key) => key.length < 1_000);
      const jobId = await engine.create(rowsOf(copied), { Operation: { S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target", TargetKeyPrefix: "c p/" } } });
      expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: copied.length, failedTasks: 0, errors: [] });
      for (const key of copied) expect(await bodyOf("target", `c p/${key}`), key).toBe(`body of ${key}`);
    });

    it("works on the versions that its manifest names", async () => {
      await engine.s3.send(new PutBucketVersioningCommand({ Bucket: "data", VersioningConfiguration: { Status: "Enabled" } }));
      await engine.put("data", "versioned", "first");
      await engine.put("data", "versioned", "second");
      const { Versions = [] } = await engine.s3.send(new ListObjectVersionsCommand({ Bucket: "data", Prefix: "versioned" }));
      const older = Versions.find((version) => !version.IsLatest)?.VersionId ?? "";
      const jobId = await engine.create(`data,versioned,${older}\n`, {}, ["Bucket", "Key", "VersionId"]);
      expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 1 });
      expect(await tagsOf("versioned", older)).toEqual([{ Key: "team", Value: "data" }]);
      expect(await tagsOf("versioned")).toEqual([]);
      expect((await engine.rows(jobId))[0]?.versionId).toBe(older);
    });
  });

  if (present) return;
  it.skipIf(process.env.LONGSHORE_REQUIRE_RGW !== "1")(`is there (${noRgw})`, () => {
    throw new Error(noRgw);
  });
});
