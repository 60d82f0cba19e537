import { createHash } from "node:crypto";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { exportReport } from "#lib/reports/export-report.ts";
import { type ExportFormat, exportFormats } from "#lib/reports/export-rows.ts";
import { linkReportFile } from "#lib/reports/link-report-file.ts";
import type { ReportFilter } from "#lib/reports/match-row.ts";
import { openReportFile } from "#lib/reports/open-report-file.ts";
import { type ReportPage, readReport } from "#lib/reports/read-report.ts";
import { formatReportRow, parseReportRow, type ReportRow, reportSchemaText } from "#lib/reports/report-row.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterEach(() => engine.sandbox.faults.clear());
afterAll(() => engine.stop());

type Status = "succeeded" | "failed";
interface Made {
  jobId: string;
  folder: string;
  keys: string[];
  lines: string[];
}

/** A job of ours whose report is replaced by files of these lines, as a job of millions of tasks has several. */
async function reportOf(files: { status: Status; lines: string[] }[], more: { manifest?: object; counted?: { succeeded: number; failed: number } } = {}) {
  const jobId = await engine.create(rowsOf(["gone"]));
  await engine.run(jobId);
  const folder = `reports/job-${jobId}/`;
  const results = [];
  for (const [index, { status, lines }] of files.entries()) {
    const text = lines.join("");
    const key = `${folder}results/${index}.csv`;
    await engine.put("reports", key, text);
    results.push({ TaskExecutionStatus: status, Bucket: "reports", MD5Checksum: createHash("md5").update(text).digest("hex"), Key: key });
  }
  const manifest = { Format: "Report_CSV_20180820", ReportCreationDate: new Date().toISOString(), Results: results, ReportSchema: reportSchemaText };
  await engine.put("reports", `${folder}manifest.json`, JSON.stringify({ ...manifest, ...more.manifest }));
  const rows = (status: Status) => files.filter((file) => file.status === status).reduce((sum, file) => sum + file.lines.length, 0);
  const { succeeded, failed } = more.counted ?? { succeeded: rows("succeeded"), failed: rows("failed") };
  await engine.db.job.update({ where: { id: jobId }, data: { succeededTasks: succeeded, failedTasks: failed } });
  return { jobId, folder, keys: results.map((file) => file.Key), lines: files.flatMap((file) => file.lines) } satisfies Made;
}

const done = (key: string) => formatReportRow({ bucket: "data", key }, { kind: "succeeded", httpStatus: 200 });
const failed = (key: string, code = "AccessDenied", httpStatus = 403, message = "no, never") =>
  formatReportRow({ bucket: "data", key }, { kind: "failed", httpStatus, code, message });
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Four files, the failures of two codes, keys that need encoding. */
const several = () =>
  reportOf([
    { status: "succeeded", lines: numbers(120).map((index) => done(`photos/${index} ä.jpg`)) },
    { status: "succeeded", lines: numbers(3).map((index) => done(`last/${index}`)) },
    {
      status: "failed",
      lines: numbers(70).map((index) => (index % 3 === 0 ? failed(`photos/bad ${index}`, "NoSuchKey", 404, 'gone "x"') : failed(`photos/bad ${index}`))),
    },
    { status: "failed", lines: numbers(20).map((index) => failed(`photos/cut ${index}`, "ECONNRESET", 0, "=1+1")) },
  ]);

/** In no time: a page ends after a while, too, and what is wrong with a report stands on the page where it is. */
async function readAll(jobId: string, filter: ReportFilter, limit: number): Promise<{ rows: ReportRow[]; pages: ReportPage[] }> {
  const at = new Date();
  const ctx = { ...engine.as("viewer"), now: () => at };
  const pages: ReportPage[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await readReport(ctx, { jobId, ...filter, limit, ...(cursor && { cursor }) });
    pages.push(page);
    if (page.nextCursor === null) return { rows: pages.flatMap(({ rows }) => rows), pages };
    cursor = page.nextCursor;
  }
}

const meant = (row: ReportRow, { status, code, http, prefix, text }: ReportFilter): boolean =>
  (!status || row.status === status) &&
  (!code || row.errorCode === code) &&
  (http === undefined || (row.httpStatus ?? 0) === http) &&
  (!prefix || row.key.startsWith(prefix)) &&
  (!text || `${row.key}\n${row.versionId ?? ""}\n${row.message}`.toLowerCase().includes(text.toLowerCase()));

const filters: fc.Arbitrary<ReportFilter> = fc.record(
  {
    status: fc.constantFrom<Status>("succeeded", "failed"),
    code: fc.constantFrom("AccessDenied", "NoSuchKey", "ECONNRESET", "Nothing"),
    http: fc.constantFrom(0, 200, 403, 404),
    prefix: fc.constantFrom("photos/", "photos/bad 1", "last/", "nowhere"),
    text: fc.constantFrom("Ä.JPG", "never", "bad 6", "nowhere", '"x"'),
  },
  { requiredKeys: [] },
);

async function textOf(pieces: AsyncIterable<Buffer>): Promise<string> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString();
}

describe("a report of several files", () => {
  let made: Made;
  beforeAll(async () => {
    made = await several();
  });
  const matching = (filter: ReportFilter) => made.lines.filter((line) => meant(parseReportRow(line.slice(0, -1)) as ReportRow, filter));

  it("has every row that matches on one page, once, whatever is asked for and however many at a time", async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom(1, 2, 7, 60, 500), async (filter, limit) => {
        const { rows, pages } = await readAll(made.jobId, filter, limit);
        expect(rows).toEqual(matching(filter).map((line) => parseReportRow(line.slice(0, -1))));
        for (const page of pages) expect([page.rows.length <= limit, page.problem]).toEqual([true, null]);
        expect(pages.at(-1)?.searched).toBe(pages.at(-1)?.total);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it("is written out in full, by the same filters", async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom<ExportFormat>(...exportFormats), async (filter, format) => {
        const { pieces, name } = await exportReport(engine.as("viewer"), { jobId: made.jobId, format, ...filter });
        const text = await textOf(pieces);
        expect(name).toMatch(new RegExp(`^job-${made.jobId}-[\\w-]+\\.csv$`));
        const rows = matching(filter);
        if (format === "exact") expect(text).toBe(rows.join(""));
        if (format === "manifest") expect(text).toBe(rows.map((line) => `${line.split(",").slice(0, 2).join(",")}\n`).join(""));
        if (format === "spreadsheet") expect(text.match(/\r\n/g)).toHaveLength(rows.length + 1);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it("is read by links that anybody can follow for a quarter of an hour", async () => {
    for (const key of [made.keys[0] as string, `${made.folder}manifest.json`]) {
      const { url, expiresAt, connection } = await linkReportFile(engine.as("viewer"), { jobId: made.jobId, key });
      const answer = await fetch(url);
      expect([answer.status, answer.headers.get("content-disposition")]).toEqual([200, expect.stringMatching(/^attachment; filename="job-[\w.-]+"$/)]);
      expect(await answer.text()).toBe(await engine.text("reports", key));
      expect(connection).toBe("sandbox");
      expect(Math.round((Date.parse(expiresAt) - engine.ctx.now().getTime()) / 60_000)).toBe(15);
    }
    const early = { ...engine.as("viewer"), now: () => new Date(Date.now() - 16 * 60_000) };
    const old = await linkReportFile(early, { jobId: made.jobId, key: made.keys[0] as string });
    expect((await fetch(old.url)).status).toBe(403);
  });

  it("lends its keys to no other file", async () => {
    await engine.put("reports", `${made.folder}results/secret.csv`, "secret");
    for (const key of [`${made.folder}results/secret.csv`, "reports/other", `${made.keys[0]}/../secret.csv`]) {
      await expect(linkReportFile(engine.as("admin"), { jobId: made.jobId, key })).rejects.toMatchObject({ code: "NotFound" });
      await expect(openReportFile(engine.as("admin"), { jobId: made.jobId, key })).rejects.toMatchObject({ code: "NotFound" });
    }
  });

  it("takes no cursor that it has not given", async () => {
    for (const cursor of ["1", "a.b.c", "0.0", "-1.0.0", ""]) {
      await expect(readReport(engine.as("viewer"), { jobId: made.jobId, cursor })).rejects.toMatchObject({ code: "InvalidRequest" });
    }
  });
});

it("is searched in stretches that a person can stop after", async () => {
  const lines = numbers(320_000).map((index) => failed(`k${index}`));
  const { jobId } = await reportOf([{ status: "failed", lines: [...lines, failed("needle", "NoSuchKey", 404)] }]);
  const { rows, pages } = await readAll(jobId, { code: "NoSuchKey" }, 100);
  expect(rows.map((row) => row.key)).toEqual(["needle"]);
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) expect(page.total).toBe(320_001);
  expect(pages.map((page) => page.searched)).toEqual(pages.map((page) => page.searched).sort((a, b) => a - b));
  expect(pages.at(-1)?.searched).toBe(320_001);
});

it("is read by no more than 500 rows at a time", async () => {
  const { jobId } = await reportOf([{ status: "failed", lines: [failed("k")] }]);
  await expect(readReport(engine.as("viewer"), { jobId, limit: 501 })).rejects.toThrow(/500/);
});

it("stops reading when nobody waits for it any more", async () => {
  const { jobId } = await reportOf([{ status: "failed", lines: numbers(100_000).map((index) => failed(`k${index}`)) }]);
  const { pieces } = await exportReport(engine.as("viewer"), { jobId, format: "exact" });
  await pieces.next();
  await pieces.return(undefined);
  const gone = new AbortController();
  gone.abort();
  await expect(readReport(engine.as("viewer"), { jobId }, gone.signal)).rejects.toThrow();
});

describe("a report that is not as it was written", () => {
  const rows = numbers(40).map((index) => failed(`k${index}`));
  const read = (jobId: string) => readAll(jobId, {}, 100);
  const exported = async (jobId: string) => textOf((await exportReport(engine.as("viewer"), { jobId, format: "exact" })).pieces);

  it("says where a file is cut off within a row, and writes no part of it out as the whole", async () => {
    const { jobId, keys } = await reportOf([{ status: "failed", lines: rows }]);
    await engine.put("reports", keys[0] as string, rows.join("").slice(0, -12));
    const { rows: found, pages } = await read(jobId);
    expect(found).toHaveLength(39);
    expect(pages.at(-1)?.problem).toMatch(`s3://reports/${keys[0]} has a line that is no row`);
    await expect(exported(jobId)).rejects.toMatchObject({ code: "Upstream", message: expect.stringContaining("cut off or changed") });
  });

  it("says when rows are missing", async () => {
    const { jobId, keys } = await reportOf([{ status: "failed", lines: rows }]);
    await engine.put("reports", keys[0] as string, rows.slice(0, 30).join(""));
    expect((await read(jobId)).pages.at(-1)?.problem).toMatch("The job counted 40 tasks, and the report has 30 rows");
    await expect(exported(jobId)).rejects.toMatchObject({ message: expect.stringContaining("has 30 rows") });
  });

  it("says that a file is gone, and which", async () => {
    const { jobId, keys, folder } = await reportOf([{ status: "failed", lines: rows }]);
    await engine.s3.send(new DeleteObjectCommand({ Bucket: "reports", Key: keys[0] as string }));
    await expect(read(jobId)).rejects.toMatchObject({
      code: "Upstream",
      message: expect.stringMatching(new RegExp(`${keys[0]}.*is not there any more.*lifecycle`)),
    });
    await engine.s3.send(new DeleteObjectCommand({ Bucket: "reports", Key: `${folder}manifest.json` }));
    await expect(read(jobId)).rejects.toMatchObject({ message: expect.stringMatching(/manifest\.json could not be read: it is not there any more/) });
  });

  it("refuses one that is another's, or has other columns", async () => {
    const columns = await reportOf([{ status: "failed", lines: rows }], { manifest: { ReportSchema: "Bucket, Key, Outcome" } });
    await expect(read(columns.jobId)).rejects.toMatchObject({ message: expect.stringContaining("other columns (Bucket, Key, Outcome)") });
    const other = { TaskExecutionStatus: "failed", Bucket: "reports", MD5Checksum: "-", Key: "reports/job-other/results/0.csv" };
    const foreign = await reportOf([], { manifest: { Results: [other] } });
    await expect(read(foreign.jobId)).rejects.toMatchObject({ message: expect.stringContaining("names files that are not of this report") });
    const format = await reportOf([], { manifest: { Format: "Other" } });
    await expect(read(format.jobId)).rejects.toMatchObject({ message: expect.stringContaining("another file in its place") });
  });

  it("says that the endpoint stopped sending", async () => {
    const { jobId } = await reportOf([{ status: "failed", lines: rows }]);
    engine.sandbox.faults.add({ operation: "GetObject", bucket: "reports", answer: "drop" });
    await expect(read(jobId)).rejects.toMatchObject({ code: "Upstream", message: expect.stringContaining("the endpoint does not answer") });
  });
});
