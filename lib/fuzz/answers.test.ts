import fc from "fast-check";
import { explainS3Error } from "../browse/explain-s3-error.ts";
import { AppError } from "../errors.ts";
import { readResults } from "../functions/read-results.ts";
import { StepFailure } from "../operations/operation.ts";
import { parseAnswer } from "../operations/read-answer.ts";
import { createRowMatcher } from "../reports/match-row.ts";
import { parseReportManifest } from "../reports/report-manifest.ts";
import { formatReportRow, parseReportRow } from "../reports/report-row.ts";
import { AnswerReader, AnswerTooLarge, MalformedAnswer } from "../s3/answer-reader.ts";
import { classifyNoAnswer, classifyResponse } from "../s3/classify-response.ts";
import { anyText, cut, fuzz, nearly, nearlyText, throwsOnly } from "./fuzz.ts";

const answers = [
  "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
  "HTTP/1.1 404 Not Found\r\ncontent-type: application/xml\r\ncontent-length: 33\r\n\r\n<Error><Code>NoSuchKey</Code></Error>",
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Trailer: a\r\n\r\n",
  "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
  "HTTP/1.0 503 Slow Down\r\n\r\n<html>",
];

/** What an answer comes to, in whatever pieces it arrives. */
function read(pieces: Buffer[], noBody: boolean): string {
  const reader = new AnswerReader();
  reader.begin(noBody, true);
  try {
    let whole = false;
    for (const piece of pieces) if (!whole) whole = reader.push(Buffer.from(piece));
    if (!whole) whole = reader.end();
    return whole ? `${reader.httpStatus} ${JSON.stringify(reader.headers)} ${reader.body}` : "not whole";
  } catch (error) {
    if (!(error instanceof MalformedAnswer) && !(error instanceof AnswerTooLarge)) throw error;
    return "refused";
  }
}
fuzz("S3's answers in pieces", fc.tuple(nearly(answers), fc.array(fc.nat(300), { maxLength: 5 }), fc.boolean()), ([bytes, at, noBody]) => {
  const [whole, pieces] = [read([bytes], noBody), read(cut(bytes, at), noBody)];
  if (whole !== pieces) throw new Error(`In one piece ${whole}, in several ${pieces}`);
});

const error = '<?xml version="1.0" encoding="UTF-8"?><Error><Code>SlowDown</Code><Message>Reduce your &amp; rate</Message><RequestId>1</RequestId></Error>';
const tagging = '<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet><Tag><Key>a&#34;</Key><Value>b</Value></Tag></TagSet></Tagging>';
const status = fc.oneof(fc.constantFrom(200, 204, 403, 404, 500, 503), fc.integer({ min: 100, max: 999 }));
const xml = fc.oneof(nearlyText([error, tagging, "<html><body>Sign in</body></html>"], 6), anyText(200));
fuzz("S3's errors in XML", fc.tuple(status, xml), ([httpStatus, body]) => {
  const verdict = classifyResponse(httpStatus, body);
  if (!["succeeded", "failed", "retry"].includes(verdict.kind)) throw new Error("No verdict");
  if (verdict.kind !== "succeeded" && (verdict.code === "" || typeof verdict.message !== "string")) throw new Error("A failure without a code");
  if (verdict.kind === "succeeded" && (httpStatus < 200 || httpStatus > 299)) throw new Error(`${httpStatus} is taken for success`);
});
fuzz("S3's answers in XML", fc.tuple(status, xml), ([httpStatus, body]) =>
  throwsOnly([StepFailure], () => parseAnswer({ httpStatus, headers: {}, body }, "Tagging")),
);
fuzz("what a socket or the SDK throws", fc.tuple(fc.jsonValue({ maxDepth: 2 }), anyText(40)), ([thrown, code]) => {
  const dressed = Object.assign(new Error(code), { code, $metadata: thrown, cause: thrown });
  if (classifyNoAnswer(dressed).kind === "succeeded") throw new Error("No answer is taken for success");
  if (!(explainS3Error(dressed, { bucket: "b", key: "k" }) instanceof AppError)) throw new Error("No words for it");
});

const report = ["data,a%20b,,succeeded,200,,Successful", 'data,k,v1,failed,404,NoSuchKey,"gone, ""for good"""'];
fuzz("rows of a report", fc.oneof(nearlyText(report), anyText(300)), (line) => {
  parseReportRow(line);
  createRowMatcher({ status: "failed", code: "NoSuchKey" })(line);
  createRowMatcher({ prefix: "a", text: "b" })(line);
});
const name = fc.string({ unit: "binary", minLength: 1, maxLength: 60 }).filter((text) => text.isWellFormed());
fuzz("rows that a report is written with", fc.tuple(name, anyText(60), anyText(200)), ([key, code, message]) => {
  const line = formatReportRow({ bucket: "data", key }, { kind: "failed", httpStatus: 404, code, message });
  if (line.indexOf("\n") !== line.length - 1) throw new Error("A row of more than one line");
  if (parseReportRow(line.slice(0, -1))?.key !== key) throw new Error("A key that is not read back");
});
const reportManifest = JSON.stringify({
  Format: "Report_CSV_20180820",
  ReportCreationDate: "2026-11-28T12:00:00Z",
  Results: [{ TaskExecutionStatus: "failed", Bucket: "reports", MD5Checksum: "60e460c9d1046e73f7dde5043ac3ae85", Key: "p/results/a.csv" }],
  ReportSchema: "Bucket, Key",
});
fuzz("reports' manifest.json", fc.oneof(nearlyText([reportManifest], 8), fc.json({ maxDepth: 4 }), anyText(200)), (text) => {
  parseReportManifest(text);
});

const asked = { invocationId: "i", taskIds: ["1", "2"] } as unknown as Parameters<typeof readResults>[1];
const results = JSON.stringify({
  invocationSchemaVersion: "2.0",
  treatMissingKeysAs: "PermanentFailure",
  invocationId: "i",
  results: [{ taskId: "1", resultCode: "Succeeded", resultString: "ok" }],
});
fuzz("functions' results", fc.oneof(nearlyText([results], 8), fc.json({ maxDepth: 4 }), anyText(200)), (text) => {
  readResults(text, asked);
});
