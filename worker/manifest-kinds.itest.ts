import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { GetObjectTaggingCommand, ListObjectVersionsCommand, PutBucketVersioningCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { type ContractServer, startContractRgw, whyNoRgw } from "../sandbox/contract/servers.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

const noRgw = whyNoRgw();
const servers: [string, (() => Promise<ContractServer>) | null, boolean][] = [
  ["the sandbox", null, true],
  ["Ceph RGW", startContractRgw, noRgw === undefined],
];

const md5 = (bytes: string | Buffer) => createHash("md5").update(bytes).digest("hex");
const oddKeys = ["plain.txt", "a b+c.txt", "100% & more,yes", 'say "hi"', "日本/é"];
/** As S3 Inventory writes a key into a CSV. */
const formEncoded = (key: string) => encodeURIComponent(key).replaceAll("%20", "+");

/** Which objects a job of each kind of manifest worked on is read from the objects themselves. */
describe.each(servers)("on %s", (_name, start, present) => {
  describe.runIf(present)("a manifest", () => {
    let engine: Engine;
    let server: ContractServer | undefined;
    beforeAll(async () => {
      server = await start?.();
      engine = await startEngine(server);
    });
    afterAll(async () => {
      await engine?.stop();
      await server?.stop();
    });

    /** Objects of the test's own. */
    const objects = async (names: readonly string[]): Promise<string[]> => {
      const folder = `${randomUUID()}/`;
      await Promise.all(names.map((name) => engine.put("data", folder + name, name)));
      return names.map((name) => folder + name);
    };
    const tagsOf = async (key: string, VersionId?: string) =>
      (await engine.s3.send(new GetObjectTaggingCommand({ Bucket: "data", Key: key, VersionId }))).TagSet ?? [];
    const tagged = [{ Key: "team", Value: "data" }];
    const putBytes = async (key: string, Body: Buffer | string) =>
      (await engine.s3.send(new PutObjectCommand({ Bucket: "manifests", Key: key, Body }))).ETag ?? "";
    const at = (Spec: NonNullable<CreateJobInput["Manifest"]>["Spec"], key: string, ETag: string, bucket = "manifests"): Partial<CreateJobInput> => ({
      Manifest: { Spec, Location: { ObjectArn: `arn:aws:s3:::${bucket}/${key}`, ETag } },
    });

    /** A manifest.json over these data files. */
    const inventory = async (files: (string | Buffer)[], more: object = {}): Promise<Partial<CreateJobInput>> => {
      const folder = `inventory/${randomUUID()}/`;
      const listed = [];
      for (const [index, file] of files.entries()) {
        const key = `${folder}data/${index}`;
        await putBytes(key, file);
        listed.push({ key, size: file.length, MD5checksum: md5(file) });
      }
      const manifest = {
        sourceBucket: "data",
        destinationBucket: "arn:aws:s3:::manifests",
        version: "2016-11-30",
        creationTimestamp: "1558656000000",
        fileFormat: "CSV",
        fileSchema: "Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size",
        files: listed,
        ...more,
      };
      const etag = await putBytes(`${folder}manifest.json`, JSON.stringify(manifest));
      return at({ Format: "S3InventoryReport_CSV_20161130" }, `${folder}manifest.json`, etag);
    };
    const failureOf = async (more: Partial<CreateJobInput>) => {
      const jobId = await engine.create([], more);
      await engine.prepareNext();
      const { status, failureReasons } = await engine.details(jobId);
      expect(await engine.keys("work", `.longshore/jobs/${jobId}/`)).toEqual([]);
      return { status, ...failureReasons[0] };
    };

    it.each(["plain", "gzip"])("in CSV may have its columns in any order, quotes, CRLF, a byte-order mark and no last line break: %s", async (how) => {
      const keys = await objects(oddKeys);
      const rows = keys.map((key, index) => {
        const quoted = index % 2 === 0 ? `"${key.replaceAll("%", "%25").replaceAll('"', '""')}"` : encodeURIComponent(key);
        return `ignored ${index},${quoted},"and, this",data`;
      });
      const text = `\uFEFF${rows.join("\r\n")}`;
      const name = `${randomUUID()}.csv`;
      const etag = await putBytes(name, how === "gzip" ? gzipSync(text) : text);
      const jobId = await engine.create([], at({ Format: "S3BatchOperations_CSV_20180820", Fields: ["Ignore", "Key", "Ignore", "Bucket"] }, name, etag));
      expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: keys.length, failedTasks: 0 });
      for (const key of keys) expect(await tagsOf(key), key).toEqual(tagged);
    });

    it("may be an S3 Inventory in CSV: each version but the delete markers", async () => {
      await engine.s3.send(new PutBucketVersioningCommand({ Bucket: "data", VersioningConfiguration: { Status: "Enabled" } }));
      const [key = "", other = ""] = await objects(["a b+c.txt", "only once"]);
      await engine.put("data", key, "second");
      const { Versions = [] } = await engine.s3.send(new ListObjectVersionsCommand({ Bucket: "data", Prefix: key }));
      expect(Versions).toHaveLength(2);
      const rows = Versions.map(({ VersionId, IsLatest }) => `"data","${formEncoded(key)}","${VersionId}","${IsLatest}","false","6"\n`);
      rows.push(`"data","${formEncoded(key)}","marker","false","true",""\n`);
      const jobId = await engine.create([], await inventory([gzipSync(rows.join("")), gzipSync(`"data","${formEncoded(other)}","","true","false","1"\n`)]));
      await engine.prepareNext();
      expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", totalTasks: 3, leftOut: [{ reason: "delete markers", count: 1 }] });
      await engine.confirm(jobId);
      while (await engine.executeNext());
      await engine.reportNext();
      expect(await engine.details(jobId)).toMatchObject({ status: "Complete", succeededTasks: 3, failedTasks: 0 });
      for (const { VersionId } of Versions) expect(await tagsOf(key, VersionId)).toEqual(tagged);
      expect(await tagsOf(other)).toEqual(tagged);
      await engine.s3.send(new PutBucketVersioningCommand({ Bucket: "data", VersioningConfiguration: { Status: "Suspended" } }));
      expect(await engine.keys("work")).toEqual([]);
    });

    it("may be an inventory without version ids: the newest of each object", async () => {
      const keys = await objects(["a", "b"]);
      const rows = [...keys.map((key) => `"data","${formEncoded(key)}","true"`), `"data","${formEncoded(keys[0] as string)}","false"`];
      const more = { fileSchema: "Bucket, Key, IsLatest" };
      const jobId = await engine.create([], await inventory([rows.join("\n")], more));
      await engine.prepareNext();
      expect(await engine.details(jobId)).toMatchObject({ totalTasks: 2, leftOut: [{ reason: "older versions", count: 1 }] });
      await engine.confirm(jobId);
      while (await engine.executeNext());
      await engine.reportNext();
      for (const key of keys) expect(await tagsOf(key)).toEqual(tagged);
    });

    it("may be an inventory in Parquet, as another program writes it", async () => {
      const file = readFileSync(new URL("../lib/manifests/testing/parquet/inventory-snappy.parquet", import.meta.url));
      const jobId = await engine.create([], await inventory([file], { fileFormat: "Parquet", fileSchema: "message s3.inventory {}" }));
      await engine.prepareNext();
      expect(await engine.details(jobId)).toMatchObject({
        status: "Suspended",
        totalTasks: 1_800,
        leftOut: [{ reason: "delete markers", count: 300 }],
        manifestSample: expect.arrayContaining([
          { bucket: "data", key: "folder/key 3+é", versionId: "v3" },
          { bucket: "data", key: "folder/key 5", versionId: "null" },
          { bucket: "data", key: "folder/key 10" },
        ]),
      });
    });

    it("may be the list that a job generated and kept", async () => {
      const keys = await objects(oddKeys);
      const prefix = (keys[0] as string).slice(0, 37);
      const first = await engine.create([], {
        Manifest: undefined,
        ManifestGenerator: {
          S3JobManifestGenerator: {
            SourceBucket: "arn:aws:s3:::data",
            EnableManifestOutput: true,
            ManifestOutputLocation: { Bucket: "arn:aws:s3:::target", ManifestFormat: "S3InventoryReport_CSV_20211130" },
            Filter: { KeyNameConstraint: { MatchAnyPrefix: [prefix] } },
          },
        },
      });
      await engine.prepareNext();
      const { generatedManifest } = await engine.db.job.findUniqueOrThrow({ where: { id: first } });
      const { Format, Location } = generatedManifest as { Format: "S3InventoryReport_CSV_20211130"; Location: { ObjectArn: string; ETag: string } };
      const second = await engine.create([], { Manifest: { Spec: { Format }, Location } });
      expect(await engine.run(second)).toMatchObject({ status: "Complete", totalTasks: keys.length, succeededTasks: keys.length });
      for (const key of keys) expect(await tagsOf(key), key).toEqual(tagged);
    });

    it("may be the failed tasks of another job's report", async () => {
      const folder = `${randomUUID()}/`;
      const keys = oddKeys.map((name) => folder + name);
      const [there = "", ...missing] = keys;
      await engine.put("data", there, "x");
      const first = await engine.create(rowsOf(keys));
      expect(await engine.run(first)).toMatchObject({ status: "Complete", succeededTasks: 1, failedTasks: missing.length });
      await Promise.all(missing.map((key) => engine.put("data", key, "x")));

      const manifestKey = `reports/job-${first}/manifest.json`;
      const etag = md5(await engine.text("reports", manifestKey));
      const again = { Operation: { S3PutObjectTagging: { TagSet: [{ Key: "try", Value: "2" }] } } };
      const second = await engine.create([], { ...at({ Format: "Report_CSV_20180820" }, manifestKey, etag, "reports"), ...again });
      expect(await engine.run(second)).toMatchObject({ status: "Complete", totalTasks: missing.length, succeededTasks: missing.length });
      for (const key of missing) expect(await tagsOf(key), key).toEqual([{ Key: "try", Value: "2" }]);
      expect(await tagsOf(there)).toEqual(tagged);

      // All of them succeeded now.
      const secondReport = `reports/job-${second}/manifest.json`;
      const third = at({ Format: "Report_CSV_20180820" }, secondReport, md5(await engine.text("reports", secondReport)), "reports");
      expect(await failureOf(third)).toMatchObject({ status: "Failed", FailureCode: "EmptyManifest" });
    });

    it("whose files are not those that it means fails the job", async () => {
      const row = '"data","a","v1","true","false","1"\n';
      const good = await inventory([gzipSync(row)]);
      const key = good.Manifest?.Location.ObjectArn.slice("arn:aws:s3:::manifests/".length).replace("manifest.json", "data/0") ?? "";
      await putBytes(key, gzipSync(row.replace("a", "b")));
      expect(await failureOf(good)).toMatchObject({ FailureCode: "ManifestChanged", FailureReason: expect.stringContaining("its MD5 is another one") });
      const parquet = await inventory([Buffer.from("PAR1 but no more")], { fileFormat: "Parquet" });
      expect(await failureOf(parquet)).toMatchObject({ FailureCode: "InvalidManifest", FailureReason: expect.stringContaining("the file is not Parquet") });
    });

    it.each<[string, (string | Buffer)[], object, string, string]>([
      ["names files that are not there", [], { files: [{ key: "nowhere", size: 1, MD5checksum: md5("") }] }, "ManifestNotFound", "s3://manifests/nowhere"],
      ["names ORC files", [], { fileFormat: "ORC" }, "InvalidManifest", "CSV or Parquet"],
      ["has a wrong row", ['"data","a","v1","true","false","1"\n"data","b","v1","true","maybe","1"\n'], {}, "InvalidManifest", "Row 2 of s3://manifests/"],
      ["has nothing but delete markers", ['"data","a","v1","true","true",""\n'], {}, "EmptyManifest", "nothing but delete markers"],
      ["has no file", [], {}, "EmptyManifest", "lists no object"],
    ])("that is an inventory and %s fails the job, and says why", async (_what, files, more, code, reason) => {
      expect(await failureOf(await inventory(files, more))).toMatchObject({
        status: "Failed",
        FailureCode: code,
        FailureReason: expect.stringContaining(reason),
      });
    });

    it.each([
      ["something else", "{}", "is not the manifest.json of a completion report"],
      ["raw keys", "data,100%.txt,,failed,404,NoSuchKey,gone\n", "is not URL-encoded"],
    ])("that says it is a report and is %s fails the job", async (_what, text, reason) => {
      const key = `${randomUUID()}.json`;
      let body = text;
      if (text !== "{}") {
        await putBytes(`${key}.csv`, text);
        const Results = [{ TaskExecutionStatus: "failed", Bucket: "manifests", MD5Checksum: md5(text), Key: `${key}.csv` }];
        body = JSON.stringify({ Format: "Report_CSV_20180820", ReportCreationDate: "2026-01-01", ReportSchema: "Bucket, Key", Results });
      }
      const failure = await failureOf(at({ Format: "Report_CSV_20180820" }, key, await putBytes(key, body)));
      expect(failure).toMatchObject({ FailureCode: "InvalidManifest", FailureReason: expect.stringContaining(reason) });
    });
  });

  if (present) return;
  it.skipIf(process.env.LONGSHORE_REQUIRE_RGW !== "1")(`is there (${noRgw})`, () => {
    throw new Error(noRgw);
  });
});
