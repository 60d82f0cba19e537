import { describe, expect, it } from "vitest";
import { type Answer, type Step, StepFailure, type Steps, type TaskRequest, type TrialResult } from "./operation.ts";
import { askForNobody, beginAndGiveUp } from "./trial.ts";

type Reply = Partial<Answer> & { code?: string };

/** Runs steps against a store that gives these answers in turn. @returns what they came to, and the requests */
function run(steps: Steps<TrialResult>, replies: Reply[]) {
  const requests: TaskRequest[] = [];
  let next = steps.next();
  for (const { httpStatus = 200, body = "", code = "SomeCode" } of replies) {
    if (next.done) throw new Error("ended before all was answered");
    requests.push(next.value as Step as TaskRequest);
    next =
      httpStatus < 300 && httpStatus > 0
        ? steps.next({ httpStatus, headers: {}, body } as never)
        : steps.throw(new StepFailure({ kind: "failed", httpStatus, code, message: "as it says" }));
  }
  if (!next.done) throw new Error("asks for more than it should");
  return { requests, result: next.value };
}
const right = { right: "Write to b", needs: "s3:PutObject on arn:aws:s3:::b/*" };
const begun: Reply = { body: "<InitiateMultipartUploadResult><UploadId>u-1</UploadId></InitiateMultipartUploadResult>" };

describe("an upload that is begun and given up", () => {
  const steps = () => beginAndGiveUp({ bucket: "b", key: "k", headers: { "x-amz-acl": "private" } }, right);

  it("has the task's headers, and ends whatever happens", () => {
    const { requests, result } = run(steps(), [begun, { httpStatus: 204 }]);
    expect(requests).toMatchObject([
      { method: "POST", bucket: "b", key: "k", query: { uploads: "" }, headers: { "x-amz-acl": "private" } },
      { method: "DELETE", bucket: "b", key: "k", query: { uploadId: "u-1" }, always: true },
    ]);
    expect(result).toMatchObject({ right: "Write to b", verdict: "allowed" });
  });

  it("says what was left behind where it may not be given up", () => {
    const { result } = run(steps(), [begun, { httpStatus: 403 }]);
    expect(result).toMatchObject({ verdict: "allowed", leftBehind: true, message: expect.stringContaining("s3:AbortMultipartUpload") });
  });

  it.each([
    [403, "refused", "Allow the role s3:PutObject on arn:aws:s3:::b/*"],
    [404, "refused", "as it says"],
    [400, "refused", "as it says"],
    [501, "refused", "as it says"],
    [503, "unknown", "Check again later"],
    [0, "unknown", "no answer"],
  ])("answered with %i is %s", (httpStatus, verdict, words) => {
    expect(run(steps(), [{ httpStatus }]).result).toMatchObject({ verdict, message: expect.stringContaining(words) });
  });

  it("does not take another document for an upload", () => {
    expect(run(steps(), [{ body: "<html/>" }]).result.verdict).not.toBe("allowed");
  });
});

describe("a request for an object that is not there", () => {
  const steps = (key = "folder/a.jpg") =>
    askForNobody({ bucket: "b", key, versionId: "v1" }, { method: "PUT", query: { tagging: "" }, headers: {}, body: "<Tagging/>" }, right);

  it.each([
    [404, 404, "not refused"],
    [404, 403, "refused"],
    [403, 403, "unknown"],
    [403, 404, "not refused"],
    [404, 200, "refused"],
    [404, 400, "refused"],
    [404, 500, "unknown"],
  ])("that HEAD finds with %i and is answered with %i is %s", (head, answer, verdict) => {
    const { requests, result } = run(steps(), [{ httpStatus: head }, { httpStatus: answer }]);
    expect(result.verdict).toBe(verdict);
    expect(requests[0]).toMatchObject({ method: "HEAD", bucket: "b", versionId: undefined });
    expect(requests[1]).toMatchObject({ method: "PUT", bucket: "b", query: { tagging: "" }, versionId: "v1" });
    for (const { key } of requests) expect(key).toMatch(/^folder\/a\.jpg\.longshore-trial-[0-9a-f-]{36}$/);
  });

  it("may be done by deleting: what is not there stays so", () => {
    const deletion = { method: "DELETE" as const, query: {}, headers: {}, body: "" };
    const allowed = { verdict: "allowed" as const, message: "Fine." };
    const trial = (answer: number) =>
      run(askForNobody({ bucket: "b", key: "k" }, deletion, right, allowed), [{ httpStatus: 404 }, { httpStatus: answer }]).result;
    expect(trial(204)).toEqual({ right: "Write to b", ...allowed });
    expect(trial(403)).toMatchObject({ verdict: "refused" });
  });

  it("is not made where the store knows an object by every name", () => {
    expect(run(steps(), [{ httpStatus: 200 }])).toMatchObject({ requests: [{ method: "HEAD" }], result: { verdict: "unknown" } });
  });

  it("has a key that every store takes, with no half of a character", () => {
    const { requests } = run(steps(`${"x".repeat(199)}🚢${"y".repeat(800)}`), [{ httpStatus: 404 }, { httpStatus: 404 }]);
    expect(requests[1]?.key.isWellFormed()).toBe(true);
    expect(Buffer.byteLength(requests[1]?.key ?? "")).toBeLessThan(1024);
  });
});
