import { describe, expect, test } from "vitest";
import type { JobDetails, JobListItem } from "../lib/jobs/job-views.ts";
import { actionsOf, cancelled, paused, resumed } from "./job-changes.ts";

const item = (more: Partial<JobListItem>): JobListItem => ({
  id: "1",
  status: "Active",
  pausedByPerson: false,
  sentBack: false,
  operation: "S3PutObjectTagging",
  operationTitle: "Replace all object tags",
  dryRun: false,
  description: "",
  priority: 1,
  totalTasks: 10,
  succeededTasks: 5,
  failedTasks: 0,
  createdAt: "2026-11-22T12:00:00.000Z",
  terminatedAt: null,
  createdBy: null,
  own: false,
  ...more,
});

describe("what a list offers", () => {
  test.each([
    ["Suspended", false, ["priority", "cancel"]],
    ["Ready", false, ["pause", "priority", "cancel"]],
    ["Active", false, ["pause", "priority", "cancel"]],
    ["Paused", false, ["pause", "priority", "cancel"]],
    ["Paused", true, ["resume", "priority", "cancel"]],
    ["Pausing", true, ["resume", "priority", "cancel"]],
    ["Cancelling", true, []],
    ["Complete", false, []],
  ] as const)("for a job that is %s (paused by a person: %s)", (status, pausedByPerson, expected) => {
    const actions = actionsOf(item({ status, pausedByPerson }));
    expect(Object.entries(actions).flatMap(([name, allowed]) => (allowed ? [name] : []))).toEqual([...expected]);
  });
});

describe("what a request makes of a job", () => {
  test.each([
    ["Ready", "Paused", "Ready"],
    ["Active", "Pausing", "Active"],
    ["Paused", "Paused", "Ready"],
  ] as const)("a pause of a job that is %s is undone by resuming it", (status, then, afterwards) => {
    const held = paused(item({ status }));
    expect(held).toEqual(item({ status: then, pausedByPerson: true }));
    expect(resumed(held)).toEqual(item({ status: afterwards }));
  });

  test("the whole job's actions change with it", () => {
    const actions = { confirm: false, cancel: true, priority: true, pause: true, resume: false, limits: true };
    const job = { ...item({}), actions } as JobDetails;
    expect(paused(job).actions).toEqual({ ...actions, pause: false, resume: true });
    expect(resumed(paused(job)).actions).toEqual(actions);
    expect(cancelled(job)).toMatchObject({ status: "Cancelling", actions: { cancel: false, pause: false, resume: false } });
  });

  test("a job that has moved on meanwhile is left as it is", () => expect(cancelled(item({ status: "Complete" }))).toEqual(item({ status: "Complete" })));
});
