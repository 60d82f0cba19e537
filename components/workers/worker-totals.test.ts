import { describe, expect, test } from "vitest";
import type { WorkerView } from "../../lib/jobs/job-views.ts";
import { stateOf, totalsOf } from "./worker-totals.ts";

const chunk = { jobId: "j", description: "", operationTitle: "Copy", firstRow: 1, rows: 10, done: 5 };
const worker = (more: Partial<WorkerView>): WorkerView => ({
  id: "w",
  hostname: "host",
  pid: 1,
  executors: 2,
  startedAt: "2026-11-22T12:00:00.000Z",
  lastSeenAt: "2026-11-22T12:00:00.000Z",
  silent: false,
  draining: false,
  tasksPerSecond: 100,
  chunks: [chunk],
  ...more,
});

describe("totals", () => {
  test("are nothing without workers", () => expect(totalsOf([])).toEqual({ workers: 0, executors: 0, chunks: 0, tasksPerSecond: 0 }));

  test("leave silent workers out, and the executors of those that drain", () =>
    expect(totalsOf([worker({}), worker({ silent: true }), worker({ draining: true, tasksPerSecond: 20 })])).toEqual({
      workers: 2,
      executors: 2,
      chunks: 2,
      tasksPerSecond: 120,
    }));
});

test.each([
  [{}, "working"],
  [{ chunks: [] }, "idle"],
  [{ draining: true, chunks: [] }, "draining"],
  [{ draining: true, silent: true }, "silent"],
] as const)("%j is %s", (more, state) => expect(stateOf(worker(more as Partial<WorkerView>))).toBe(state));
