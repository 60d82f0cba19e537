import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deleteTasks, survivesXml } from "./delete-objects.ts";
import type { Task, TaskRequest } from "./operation.ts";
import { driveSteps, type Reply } from "./testing/drive-steps.ts";

const tasks = (...keys: string[]): Task[] => keys.map((key) => ({ bucket: "b", key }));
const run = (some: readonly Task[], reply: (request: TaskRequest) => Reply, bypassGovernance = false) =>
  driveSteps(deleteTasks(some, { bypassGovernance }), reply);
const result = (lines: string): Reply => ({
  body: `<?xml version="1.0"?><DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${lines}</DeleteResult>`,
});
const keysOf = ({ body }: TaskRequest): string[] => [...body.matchAll(/<Key>(.*?)<\/Key>/g)].map((match) => match[1] ?? "");
/** A store that does all that it is told, and names the keys as they came. */
const obedient = (request: TaskRequest): Reply =>
  request.method === "POST"
    ? result([...request.body.matchAll(/<Object>(.*?)<\/Object>/g)].map((match) => `<Deleted>${match[1]}</Deleted>`).join(""))
    : { httpStatus: 204 };
const methods = (requests: readonly TaskRequest[]) => requests.map(({ method, key }) => `${method} ${key}`);

describe("many objects", () => {
  it("go with one request, with a result for each", () => {
    const { result: outcomes, requests } = run(
      [...tasks("a", "b&<c>"), { bucket: "b", key: "v", versionId: "1" }, { bucket: "b", key: "v", versionId: "2" }, ...tasks("locked", "gone")],
      () =>
        result(
          "<Deleted><Key>a</Key><DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>m1</DeleteMarkerVersionId></Deleted>" +
            "<Deleted><Key>b&amp;&lt;c&gt;</Key></Deleted>" +
            "<Deleted><Key>v</Key><VersionId>1</VersionId></Deleted>" +
            "<Deleted><Key>v</Key><VersionId>2</VersionId><DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>2</DeleteMarkerVersionId></Deleted>" +
            "<Error><Key>locked</Key><Code>AccessDenied</Code><Message>Access Denied because object protected by object lock.</Message></Error>" +
            "<Error><Key>gone</Key><Code>NoSuchKey</Code><Message>no</Message></Error>",
        ),
      true,
    );
    expect(requests).toMatchObject([{ method: "POST", bucket: "b", key: "", query: { delete: "" }, headers: { "x-amz-bypass-governance-retention": "true" } }]);
    expect(requests[0]?.body).toContain("<Object><Key>v</Key><VersionId>1</VersionId></Object>");
    expect(outcomes).toEqual([
      { kind: "succeeded", httpStatus: 200, message: "Hidden by the delete marker m1" },
      { kind: "succeeded", httpStatus: 200, message: "Deleted" },
      { kind: "succeeded", httpStatus: 200, message: "Version deleted" },
      { kind: "succeeded", httpStatus: 200, message: "Delete marker removed" },
      { kind: "failed", httpStatus: 403, code: "AccessDenied", message: "Access Denied because object protected by object lock." },
      { kind: "succeeded", httpStatus: 200, message: "Not there" },
    ]);
  });

  it("that XML would spoil go alone", () => {
    const odd = ["a\u0001b", "line\nfeed", "cr\r", " begins", "ends ", "\ufffe", "tab\tin"];
    const { result: outcomes, requests } = run(tasks("plain", ...odd), obedient);
    expect(methods(requests)).toEqual(["POST ", ...odd.map((key) => `DELETE ${key}`)]);
    expect(keysOf(requests[0] as TaskRequest)).toEqual(["plain"]);
    expect(outcomes.every(({ kind }) => kind === "succeeded")).toBe(true);
  });

  it("are asked for alone where the answer does not name them, or says to try again", () => {
    const reply = (request: TaskRequest): Reply =>
      request.method === "POST"
        ? result("<Deleted><Key>a</Key></Deleted><Error><Key>slow</Key><Code>SlowDown</Code></Error><Deleted><Key>somebody else's</Key></Deleted>")
        : request.key === "slow"
          ? { httpStatus: 204 }
          : { httpStatus: 403, code: "AccessDenied" };
    const { result: outcomes, requests } = run(tasks("a", "slow", "unnamed"), reply);
    expect(methods(requests)).toEqual(["POST ", "DELETE slow", "DELETE unnamed"]);
    expect(outcomes).toMatchObject([{ kind: "succeeded" }, { kind: "succeeded", httpStatus: 204 }, { kind: "failed", code: "AccessDenied" }]);
  });

  it.each([400, 405, 501])("are asked for alone where the store answers %d", (httpStatus) => {
    const { result: outcomes, requests } = run(tasks("a", "b"), ({ method }) => (method === "POST" ? { httpStatus } : { httpStatus: 204 }));
    expect(methods(requests)).toEqual(["POST ", "DELETE a", "DELETE b"]);
    expect(outcomes).toMatchObject([{ kind: "succeeded" }, { kind: "succeeded" }]);
  });

  it("fail with the request where the store refuses it, and when the answer is something else", () => {
    expect(run(tasks("a", "b"), () => ({ httpStatus: 403, code: "AccessDenied" })).result).toMatchObject([{ code: "AccessDenied" }, { code: "AccessDenied" }]);
    const page = run(tasks("a"), () => ({ body: "<Welcome/>" }));
    expect(page.result).toMatchObject([{ kind: "failed", code: "UnexpectedResponse" }]);
    expect(page.requests).toHaveLength(1);
  });

  it("believes the worse of two answers for one key", () => {
    const reply = result("<Deleted><Key>a</Key></Deleted><Error><Key>a</Key><Code>AccessDenied</Code></Error>");
    expect(run(tasks("a"), () => reply).result).toMatchObject([{ kind: "failed", code: "AccessDenied" }]);
  });

  it("deletes once what a list has twice", () => {
    const { result: outcomes, requests } = run(tasks("a", "a"), obedient);
    expect(keysOf(requests[0] as TaskRequest)).toEqual(["a"]);
    expect(outcomes).toMatchObject([{ kind: "succeeded" }, { kind: "succeeded" }]);
  });

  it("are split where the answer would be too long to be read", () => {
    const { requests } = run(tasks(...Array.from({ length: 1_000 }, (_, index) => `${"x".repeat(1_000)}${index}`)), obedient);
    expect(requests.length).toBeGreaterThan(1);
    for (const request of requests) expect(Buffer.byteLength(request.body)).toBeLessThan(1024 * 1024);
    expect(requests.flatMap(keysOf)).toHaveLength(1_000);
  });

  it("are read from an answer full of entities", () => {
    const keys = Array.from({ length: 1_000 }, (_, index) => `a&b<c>"${index}'`);
    const goStyle = (text: string) => text.replaceAll("&quot;", "&#34;").replaceAll("&apos;", "&#39;");
    const { result: outcomes, requests } = run(tasks(...keys), (request) => ({ body: goStyle(obedient(request).body ?? "") }));
    expect(requests).toHaveLength(1);
    expect(outcomes).toHaveLength(1_000);
  });

  it("tells of a single deletion what it did", () => {
    const marker = { httpStatus: 204, headers: { "x-amz-delete-marker": "true", "x-amz-version-id": "m" } };
    expect(run(tasks("a\n"), () => marker).result).toMatchObject([{ message: "Hidden by the delete marker m" }]);
    expect(run([{ bucket: "b", key: "a\n", versionId: "m" }], () => marker).result).toMatchObject([{ message: "Delete marker removed" }]);
    expect(run(tasks("a\n"), () => ({ httpStatus: 404, code: "NoSuchKey" })).result).toMatchObject([{ kind: "succeeded", message: "Not there" }]);
  });

  it("each get an outcome, whatever their keys are, and every key that goes into XML comes out of it", () => {
    const key = fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).map((text) => text.toWellFormed());
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 30 }), (keys) => {
        const { result: outcomes, requests } = run(tasks(...keys), obedient);
        expect(outcomes).toHaveLength(keys.length);
        expect(outcomes.every((outcome) => outcome?.kind === "succeeded")).toBe(true);
        const alone = requests.filter(({ method }) => method === "DELETE").map((request) => request.key);
        expect(new Set(alone)).toEqual(
          new Set(
            tasks(...keys)
              .filter((task) => !survivesXml(task))
              .map((task) => task.key),
          ),
        );
      }),
    );
  });
});
