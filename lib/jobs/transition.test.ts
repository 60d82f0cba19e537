import { describe, expect, it } from "vitest";
import { JobStatus } from "../db/generated/enums.ts";
import { isTerminal, type JobEventName, jobEvents, transition } from "./transition.ts";

/** The whole table: each event with where it leads from each status that allows it. Everything else is refused. */
const table: Record<JobEventName, string[]> = {
  prepare: ["New>Preparing", "Preparing>Preparing"],
  suspend: ["Preparing>Suspended"],
  ready: ["Preparing>Ready"],
  confirm: ["Suspended>Ready"],
  activate: ["Ready>Active", "Pausing>Active", "Paused>Active"],
  pause: ["Ready>Paused", "Active>Pausing", "Pausing>Pausing", "Paused>Paused"],
  preempt: ["Active>Pausing"],
  halt: ["Pausing>Paused"],
  resume: ["Pausing>Active", "Paused>Ready"],
  "complete-tasks": ["Ready", "Active", "Pausing", "Paused"].map((from) => `${from}>Completing`),
  "canary-end": ["Ready", "Active", "Pausing", "Paused"].map((from) => `${from}>Suspended`),
  "exceed-threshold": ["Ready", "Active", "Pausing", "Paused"].map((from) => `${from}>Failing`),
  abandon: ["Ready", "Active", "Pausing", "Paused"].map((from) => `${from}>Failing`),
  cancel: ["New", "Preparing", "Suspended", "Ready", "Active", "Pausing", "Paused"].map((from) => `${from}>Cancelling`),
  fail: ["New", "Preparing", "Completing", "Cancelling", "Failing"].map((from) => `${from}>Failed`),
  expire: ["Suspended>Failed"],
  "expire-canary": ["Suspended>Failing"],
  finish: ["Completing>Complete", "Cancelling>Cancelled", "Failing>Failed"],
};

const statuses = Object.values(JobStatus);

describe.each(jobEvents)("%s", (event) => {
  it.each(statuses)("from %s", (from) => {
    const expected = table[event].find((row) => row.startsWith(`${from}>`))?.split(">")[1] ?? null;
    expect(transition(from, event)).toBe(expected);
  });
});

it("lets nothing happen to a job that has ended", () => {
  for (const status of statuses.filter(isTerminal)) for (const event of jobEvents) expect(transition(status, event)).toBeNull();
});
