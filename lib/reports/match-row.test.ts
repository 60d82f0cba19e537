import fc from "fast-check";
import { expect, it } from "vitest";
import type { Task, TaskOutcome } from "../operations/operation.ts";
import { createRowMatcher, type ReportFilter, statusMeant } from "./match-row.ts";
import { formatReportRow, parseReportRow, type ReportRow } from "./report-row.ts";

/** What the filter says, word for word. */
const naive = (row: ReportRow, filter: ReportFilter): boolean => {
  const wanted = filter.text?.toLowerCase();
  return (
    (filter.status === undefined || row.status === filter.status) &&
    (filter.code === undefined || row.errorCode === filter.code) &&
    (filter.http === undefined || (row.httpStatus ?? 0) === filter.http) &&
    (filter.prefix === undefined || row.key.startsWith(filter.prefix)) &&
    (wanted === undefined ||
      row.key.toLowerCase().includes(wanted) ||
      (row.versionId ?? "").toLowerCase().includes(wanted) ||
      row.message.toLowerCase().includes(wanted))
  );
};

const odd = fc.constantFrom(
  "",
  "a",
  "A b",
  "a,b",
  'say "hi"',
  '"',
  "a%20b",
  "ÄÖ",
  "ΟΔΟΣ",
  "İ",
  "\u2028",
  "+",
  "100%",
  "Denied",
  "denied, sorry",
  "x/y/z",
  "=1+1",
);
const text = fc.array(odd, { maxLength: 3 }).map((parts) => parts.join(""));
const task: fc.Arbitrary<Task> = fc.record(
  { bucket: fc.constantFrom("data", "b1x"), key: text.filter((key) => key !== ""), versionId: fc.constantFrom("v1", "null", "a,b") },
  { requiredKeys: ["bucket", "key"] },
);
const outcome = fc.oneof(
  fc.constant({ kind: "succeeded", httpStatus: 200 } as TaskOutcome),
  fc.record({
    kind: fc.constant("failed" as const),
    httpStatus: fc.constantFrom(0, 403, 404, 503),
    code: fc.constantFrom("AccessDenied", "NoSuchKey", "No,Such", 'Odd"Code', "SlowDown"),
    message: text,
  }) as fc.Arbitrary<TaskOutcome>,
);
const line = fc.tuple(task, outcome).map(([one, ended]) => formatReportRow(one, ended).slice(0, -1));
const filter = fc.record(
  {
    status: fc.constantFrom("succeeded" as const, "failed" as const),
    code: fc.constantFrom("AccessDenied", "NoSuchKey", "No,Such", 'Odd"Code', "Access"),
    http: fc.constantFrom(0, 200, 403, 404),
    prefix: fc.oneof(text, fc.constantFrom("a", "A ", "x/")).filter((prefix) => prefix !== ""),
    text: fc.oneof(text, fc.constantFrom("DENIED", "denied", "v1", 'say "', "%20", "σ", "i̇")).filter((wanted) => wanted !== ""),
  },
  { requiredKeys: [] },
);

it("keeps exactly the rows that have all of what is asked for", () => {
  fc.assert(
    fc.property(filter, fc.array(line, { minLength: 1, maxLength: 20 }), (asked, lines) => {
      const match = createRowMatcher(asked);
      for (const one of lines) {
        const row = parseReportRow(one) as ReportRow;
        expect(match(one), one).toEqual(naive(row, asked) ? row : "no");
        if (naive(row, asked) && statusMeant(asked) !== undefined) expect(row.status).toBe(statusMeant(asked));
      }
    }),
    { numRuns: 2_000 },
  );
});

it("never takes what is cut off for another row", () => {
  fc.assert(
    fc.property(filter, line, fc.nat(), (asked, whole, at) => {
      const cut = whole.slice(0, at % whole.length);
      const row = parseReportRow(cut);
      const found = createRowMatcher(asked)(cut);
      if (typeof found === "object") expect(found).toEqual(row);
      else expect(row !== null && naive(row, asked)).toBe(false);
    }),
  );
});

it.each([
  ["a line of another file", "2026-11-28 GET /index.html 200"],
  ["too few columns", "data,a,,failed,404"],
  ["a status that there is not", "data,a,,skipped,404,NoSuchKey,gone"],
  ["an HTTP status that is none, as where the code stands first", "data,a,,failed,NoSuchKey,404,gone"],
  ["a quote that does not end", 'data,a,,failed,404,NoSuchKey,"gone'],
  ["a key that does not end", 'data,"a,,failed,404,NoSuchKey,gone'],
  ["no key", "data,,,failed,404,NoSuchKey,gone"],
  ["no bucket", ",a,,failed,404,NoSuchKey,gone"],
])("calls unreadable %s", (_what, bad) => {
  expect(createRowMatcher({})(bad)).toBe("unreadable");
});

it("finds a code that a job keeps only the beginning of", () => {
  const code = "C".repeat(200);
  const row = formatReportRow({ bucket: "data", key: "a" }, { kind: "failed", httpStatus: 400, code, message: "" }).slice(0, -1);
  expect(createRowMatcher({ code: code.slice(0, 128) })(row)).toMatchObject({ errorCode: code });
  expect(createRowMatcher({ code: code.slice(0, 127) })(row)).toBe("no");
});
