import { expect, test } from "vitest";
import type { JobEventView } from "#lib/jobs/job-views.ts";
import { madeBy, noteOf, saidSince } from "./conversation.ts";

const createdAt = "2026-11-28T12:00:00.000Z";
let ids = 0;
const event = (type: string, detail: string | null, at = "2026-11-28T12:05:00.000Z"): JobEventView => ({
  id: String(++ids),
  at,
  actor: "ada@example.com",
  actorName: "Ada",
  type,
  from: null,
  to: null,
  detail,
});
const job = (...events: JobEventView[]) => ({ events, createdAt, createdBy: "Ada" });

test("the comment that came with the job is why it is wanted; the others were said since", () => {
  const told = job(
    event("create", null, createdAt),
    event("comment", "Because", createdAt),
    event("suspend", null),
    event("comment", "Really?"),
    event("send-back", "No"),
    event("priority", "1 → 2"),
    event("ask-again", "Yes"),
  );
  expect(noteOf(told)?.detail).toBe("Because");
  expect(saidSince(told).map(({ detail }) => detail)).toEqual(["Really?", "No", "Yes"]);
});

test("a first comment that came later is none", () => {
  const told = job(event("create", null, createdAt), event("comment", "Hello"));
  expect(noteOf(told)).toBeNull();
  expect(saidSince(told).map(({ detail }) => detail)).toEqual(["Hello"]);
});

test("who made it is known by name where its event has been pushed out of sight", () => {
  expect(madeBy(job(event("create", null)))).toMatchObject({ actor: "ada@example.com", actorName: "Ada" });
  expect(madeBy(job(event("priority", "1 → 2")))).toEqual({ actor: "Ada", actorName: null });
  expect(madeBy({ ...job(), createdBy: null })).toBeNull();
});
