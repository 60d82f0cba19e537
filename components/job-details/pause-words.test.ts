import { describe, expect, test } from "vitest";
import type { JobStatus } from "../../lib/db/generated/enums.ts";
import type { JobEventView } from "../../lib/jobs/job-views.ts";
import { pauseOf } from "./pause-words.ts";

const event = (type: string, actor = "Longshore"): JobEventView => ({
  id: `${type} ${actor}`,
  at: "2026-11-22T12:00:00.000Z",
  actor,
  actorName: null,
  type,
  from: null,
  to: null,
  detail: null,
});
const job = (status: JobStatus, pausedByPerson: boolean, ...events: JobEventView[]) => ({ status, pausedByPerson, events });

describe("why a job does not run", () => {
  test.each(["New", "Preparing", "Suspended", "Ready", "Active", "Completing", "Cancelling", "Failing", "Complete"] as const)(
    "a job that is %s is not paused, whoever paused it before",
    (status) => expect(pauseOf(job(status, true, event("pause", "ada")))).toBeNull(),
  );

  test("a person's pause names its latest event, not one that was resumed", () => {
    const second = event("pause", "bo");
    const events = [event("pause", "ada"), event("resume", "ada"), event("activate"), second, event("halt"), event("priority", "cy")];
    expect(pauseOf(job("Paused", true, ...events))).toEqual({ state: "paused", by: "person", event: second });
  });

  test("a job that gave way says so, and is a person's once somebody pauses it", () => {
    const preempt = event("preempt");
    expect(pauseOf(job("Pausing", false, event("activate"), preempt))).toEqual({ state: "pausing", by: "priority", event: preempt });
    const pause = event("pause", "ada");
    expect(pauseOf(job("Paused", true, preempt, event("halt"), pause))).toEqual({ state: "paused", by: "person", event: pause });
  });

  test("before the job was read again nobody is named", () => {
    expect(pauseOf(job("Pausing", true, event("pause", "ada"), event("resume", "bo"), event("activate")))).toEqual({
      state: "pausing",
      by: "person",
      event: null,
    });
    expect(pauseOf(job("Pausing", true))?.event).toBeNull();
  });
});
