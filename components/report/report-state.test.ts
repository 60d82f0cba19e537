import { expect, test } from "vitest";
import type { JobStatus } from "../../lib/db/generated/enums.ts";
import type { JobDefinition } from "../../lib/jobs/job-schema.ts";
import { reportState } from "./report-state.ts";

const off: JobDefinition["Report"] = { Enabled: false };
const report = (ReportScope: "AllTasks" | "FailedTasksOnly"): JobDefinition["Report"] => ({
  Enabled: true,
  Bucket: "arn:aws:s3:::reports",
  Format: "Report_CSV_20180820",
  ReportScope,
});

test.each<[string, JobStatus, JobDefinition["Report"], number, number, string | null, string]>([
  ["it was not asked for", "Complete", off, 10, 0, null, "off"],
  ["the job still runs", "Active", report("AllTasks"), 10, 0, null, "pending"],
  ["the report is being written", "Completing", report("AllTasks"), 10, 0, null, "pending"],
  ["nothing ran", "Cancelled", report("AllTasks"), 0, 0, null, "not-run"],
  ["writing it failed", "Failed", report("AllTasks"), 5, 5, null, "not-written"],
  ["only failures were asked for and there are none", "Complete", report("FailedTasksOnly"), 10, 0, "s3://r/m", "no-failures"],
  ["only failures were asked for and there are some", "Complete", report("FailedTasksOnly"), 9, 1, "s3://r/m", "written"],
  ["what ran before a cancel", "Cancelled", report("AllTasks"), 3, 0, "s3://r/m", "written"],
])("%s", (_why, status, Report, succeededTasks, failedTasks, reportLocation, expected) => {
  const definition = { Report } as JobDefinition;
  expect(
    reportState({
      status,
      definition,
      succeededTasks,
      failedTasks,
      reportLocation,
    }),
  ).toBe(expected);
});
