import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRowMatcher, type ReportFilter, statusMeant } from "#lib/reports/match-row.ts";
import { formatReportRow } from "#lib/reports/report-row.ts";
import { reportStart, scanReport } from "#lib/reports/scan-report.ts";
import { connectS3 } from "#lib/s3/connect-s3.ts";

/** How fast a report of 2,000,000 failed tasks is searched, by CPU and by the clock; a server in this process gives its bytes. */
const count = 2_000_000;
const body = Buffer.concat(Array.from({ length: count / 1_000 }, (_, at) => Buffer.from(linesFrom(at * 1_000))));

function linesFrom(first: number): string {
  let lines = "";
  for (let index = first; index < first + 1_000; index += 1) {
    const denied = index % 100 === 0;
    const task = { bucket: "bench-bucket", key: `photos/2026/${String(index % 365).padStart(3, "0")}/image ${index}.jpg` };
    lines += formatReportRow(task, {
      kind: "failed",
      httpStatus: denied ? 403 : 404,
      code: denied ? "AccessDenied" : "NoSuchKey",
      message: denied ? "Access Denied" : "The specified key does not exist.",
    });
  }
  return lines;
}

const server = createServer((request, response) => {
  const [, from = 0, to = 0] = (/bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? []).map(Number);
  const part = body.subarray(from, to + 1);
  response.writeHead(206, { "content-length": part.length, "content-range": `bytes ${from}-${from + part.length - 1}/${body.length}`, etag: '"bench"' });
  response.end(part);
});
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const s3 = connectS3({ endpoint, region: "us-east-1", addressing: "path", accessKeyId: "bench", secretAccessKey: "bench" });
const report = {
  s3,
  location: { bucket: "bench-reports", folder: "job/", manifestKey: "job/manifest.json" },
  manifest: { Results: [{ TaskExecutionStatus: "failed", Bucket: "bench-reports", MD5Checksum: "", Key: "job/results/0.csv" }] },
  rows: { succeeded: 0, failed: count },
} as unknown as Parameters<typeof scanReport>[0];

const filters: [string, ReportFilter][] = [
  ["by code", { code: "AccessDenied" }],
  ["by HTTP status", { http: 403 }],
  ["by key prefix", { prefix: "photos/2026/001/" }],
  ["by text", { text: "image 1999999" }],
  ["all of them", { code: "AccessDenied", http: 403, prefix: "photos/2026/0", text: "denied" }],
  ["every row read", {}],
];
console.log(`${count.toLocaleString("en")} rows, ${(body.length / 1024 ** 2).toFixed(0)} MB; rows a second of CPU (of the clock)`);
for (const [name, filter] of filters) {
  const match = createRowMatcher(filter);
  const began = performance.now();
  const cpu = process.cpuUsage();
  let [rows, found] = [0, 0];
  for await (const { lines } of scanReport(report, statusMeant(filter), reportStart)) {
    while (lines.next()) {
      rows += 1;
      if (typeof match(lines.text) === "object") found += 1;
    }
  }
  const used = process.cpuUsage(cpu);
  const rate = (seconds: number) => Math.round(rows / seconds).toLocaleString("en");
  console.log(`  ${name}: ${rate((used.user + used.system) / 1e6)} (${rate((performance.now() - began) / 1000)}), ${found.toLocaleString("en")} found`);
}
console.log(
  `  peak of memory: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB, of which the report itself is ${(body.length / 1024 ** 2).toFixed(0)} MB`,
);
s3.destroy();
server.close();
