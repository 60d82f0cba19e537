import { expect, it } from "vitest";
import type { CalledTask, Invocation } from "../operations/function-call.ts";
import { payloadOf } from "./payload.ts";

const task = (key: string, more: Partial<CalledTask> = {}): CalledTask => ({ bucket: "data", key, repeat: 0, ...more });
const invocation = (more: Partial<Invocation> = {}): Invocation => ({
  jobId: "f3cc",
  schemaVersion: "1.0",
  userArguments: null,
  round: 0,
  tasks: [task("a")],
  ...more,
});

it("is what AWS sends to a function with schema 1.0", () => {
  const { text, invocationId, taskIds } = payloadOf(invocation({ tasks: [task("photos/a b+ü.jpg"), task("k", { versionId: "v/1" })] }));
  expect(JSON.parse(text)).toEqual({
    invocationSchemaVersion: "1.0",
    invocationId,
    job: { id: "f3cc" },
    tasks: [
      { taskId: taskIds[0], s3Key: "photos/a%20b%2B%C3%BC.jpg", s3VersionId: null, s3BucketArn: "arn:aws:s3:::data" },
      { taskId: taskIds[1], s3Key: "k", s3VersionId: "v/1", s3BucketArn: "arn:aws:s3:::data" },
    ],
  });
});

it("is what AWS sends to a function with schema 2.0", () => {
  const { text, invocationId, taskIds } = payloadOf(invocation({ schemaVersion: "2.0", userArguments: { k1: "v1" } }));
  expect(JSON.parse(text)).toEqual({
    invocationSchemaVersion: "2.0",
    invocationId,
    job: { id: "f3cc", userArguments: { k1: "v1" } },
    tasks: [{ taskId: taskIds[0], s3Key: "a", s3VersionId: null, s3Bucket: "data" }],
  });
});

it("has the same ids for the same thing, so that a receiver can tell a repeat", () => {
  expect(payloadOf(invocation())).toEqual(payloadOf(invocation()));
  const next = payloadOf(invocation({ round: 1 }));
  expect(next.taskIds).toEqual(payloadOf(invocation()).taskIds);
  expect(next.invocationId).not.toBe(payloadOf(invocation()).invocationId);
});

it("tells apart what differs in anything", () => {
  const tasks = [task("a"), task("a", { repeat: 1 }), task("a", { versionId: "1" }), task("a", { bucket: "other" }), task("b")];
  const ids = [...payloadOf(invocation({ tasks })).taskIds, ...payloadOf(invocation({ jobId: "other", tasks })).taskIds];
  expect(new Set(ids).size).toBe(10);
  for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
});

it("stays within the 6 MB that Lambda takes, whatever a manifest may name", () => {
  const tasks = Array.from({ length: 1_000 }, (_, repeat) => task("\u0001".repeat(1_024), { bucket: "b".repeat(255), versionId: "v".repeat(1_024), repeat }));
  const userArguments = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`${index}${"\u0001".repeat(63)}`, "\u0001".repeat(1_024)]));
  expect(payloadOf(invocation({ schemaVersion: "2.0", userArguments, tasks })).text.length).toBeLessThan(6_000_000);
});
