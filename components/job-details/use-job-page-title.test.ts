import { expect, test } from "vitest";
import { jobPageTitle } from "./use-job-page-title.ts";

const job = { status: "Active" as const, description: "Weekly log copy", operationTitle: "Copy", totalTasks: 1_000, succeededTasks: 420, failedTasks: 9 };

test.each([
  ["how far a job is", job, "42% · Weekly log copy"],
  ["that it is paused as far as it is", { ...job, status: "Paused" as const }, "42% · Weekly log copy"],
  ["that it is not done while one task is left", { ...job, succeededTasks: 990 }, "99% · Weekly log copy"],
  ["what came of it", { ...job, status: "Complete" as const }, "Complete · Weekly log copy"],
  ["what it waits for", { ...job, status: "Suspended" as const }, "Awaiting your confirmation · Weekly log copy"],
  ["the operation where nothing describes it", { ...job, description: "" }, "42% · Copy"],
])("the tab says %s", (_what, of, title) => expect(jobPageTitle(of)).toBe(title));
