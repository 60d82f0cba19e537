import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { server as certificate } from "../bin/testing/test-certificates.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";
import { answerWith, lambdaSigner, type Received, type Receiver, startReceiver, succeeded } from "./testing/receivers.ts";

/** Functions are called over real connections, and what became of their tasks is read from the report. */
let engine: Engine;
let receiver: Receiver;
let answer: Parameters<typeof startReceiver>[0];
beforeAll(async () => {
  engine = await startEngine();
  receiver = await startReceiver((...of) => answer(...of));
});
afterAll(async () => {
  await receiver?.close();
  await engine?.stop();
});
beforeEach(() => {
  receiver.received.length = 0;
  // No waiting between two tries.
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => vi.restoreAllMocks());

const webhook = (more: object = {}, url = `${receiver.url}/hook?x=1`) => ({ Operation: { InvokeWebhook: { Url: url, ...more } } });
const rowsByKey = async (jobId: string) => new Map((await engine.rows(jobId)).map((row) => [row.key, row]));
const keysOf = ({ payload }: Received) => payload.tasks.map(({ s3Key }) => decodeURIComponent(s3Key));
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `key ${index}`);

describe("a webhook", () => {
  it("gets every object once, with odd keys and versions, in batches, and its words stand in the report", async () => {
    const keys = ["plain", "a b+c", "100% & more?#1=yes,no;ok", "quote\"'", "日本語/🚢", "/leading//double/../.", ...numbered(10)];
    answer = (received, response) => answerWith(response, received, (key) => ({ resultCode: "Succeeded", resultString: `did\n"${key}"` }));
    const jobId = await engine.create(rowsOf(keys), webhook({ BatchSize: 7, UserArguments: { colour: "grün" } }));
    expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: keys.length, failedTasks: 0, errors: [] });
    expect(receiver.received.map((one) => one.payload.tasks.length).sort()).toEqual([2, 7, 7]);
    expect(receiver.received.flatMap(keysOf).sort()).toEqual([...keys].sort());
    for (const { payload, request } of receiver.received) {
      expect(payload).toMatchObject({ invocationSchemaVersion: "2.0", job: { id: jobId, userArguments: { colour: "grün" } } });
      for (const task of payload.tasks) expect(task).toMatchObject({ s3Bucket: "data", s3VersionId: null });
      expect(request).toMatchObject({ method: "POST", url: "/hook?x=1", headers: { "content-type": "application/json" } });
    }
    const rows = await rowsByKey(jobId);
    for (const key of keys) expect(rows.get(key)).toMatchObject({ status: "succeeded", httpStatus: 200, message: `did "${key}"` });
  });

  it("is told of versions", async () => {
    answer = (received, response) => answerWith(response, received, succeeded);
    const jobId = await engine.create(["data,a,v1", "data,a,v2"], webhook(), ["Bucket", "Key", "VersionId"]);
    expect(await engine.run(jobId)).toMatchObject({ succeededTasks: 2 });
    expect(receiver.received[0]?.payload.tasks.map((task) => task.s3VersionId)).toEqual(["v1", "v2"]);
  });

  it("is called again for those tasks alone that it puts off, until it says what became of them", async () => {
    const keys = numbered(5);
    answer = (received, response, before) =>
      answerWith(response, received, (key) =>
        before < 2 && key === "key 3" ? { resultCode: "TemporaryFailure" } : before === 0 && key === "key 4" ? undefined : succeeded(key),
      );
    const jobId = await engine.create(rowsOf(keys), webhook());
    expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 5, failedTasks: 0 });
    expect(receiver.received.map(keysOf)).toEqual([keys, ["key 3", "key 4"], ["key 3"]]);
    const [first, second, third] = receiver.received.map(({ payload }) => payload);
    expect(second?.tasks).toEqual(first?.tasks.slice(3));
    expect(new Set([first?.invocationId, second?.invocationId, third?.invocationId]).size).toBe(3);
    expect([...(await rowsByKey(jobId)).values()].map((row) => row.status)).toEqual(Array(5).fill("succeeded"));
  });

  it("may say that tasks failed, by name or by leaving them out", async () => {
    answer = (received, response) =>
      answerWith(
        response,
        received,
        (key) => (key === "key 0" ? succeeded(key) : key === "key 1" ? { resultCode: "PermanentFailure", resultString: "not a picture" } : undefined),
        {
          treatMissingKeysAs: "PermanentFailure",
        },
      );
    const jobId = await engine.create(rowsOf(numbered(3)), webhook());
    expect(await engine.run(jobId)).toMatchObject({
      status: "Complete",
      succeededTasks: 1,
      failedTasks: 2,
      errors: [{ code: "PermanentFailure", httpStatus: 200, count: 2 }],
    });
    const rows = await rowsByKey(jobId);
    expect(rows.get("key 1")).toMatchObject({ status: "failed", errorCode: "PermanentFailure", message: "not a picture" });
    expect(rows.get("key 2")).toMatchObject({ status: "failed", errorCode: "PermanentFailure", message: "The answer does not name this task" });
  });

  it("fails a task that it puts off without end, once its tries are used up, and not the others", async () => {
    answer = (received, response) =>
      answerWith(response, received, (key) => (key === "key 1" ? { resultCode: "TemporaryFailure", resultString: "still busy" } : succeeded(key)));
    const jobId = await engine.create(rowsOf(numbered(3)), webhook());
    expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 2, failedTasks: 1 });
    expect(receiver.received).toHaveLength(10);
    expect((await rowsByKey(jobId)).get("key 1")).toMatchObject({ status: "failed", httpStatus: 200, errorCode: "TemporaryFailure", message: "still busy" });
  });

  it.each<[string, (received: Received, response: Parameters<typeof answer>[1]) => void, object?]>([
    ["503", (_, response) => response.writeHead(503).end("busy")],
    ["429", (_, response) => response.writeHead(429).end()],
    ["a cut connection", ({ request }) => request.socket.destroy()],
    ["half an answer", (_, response) => response.writeHead(200, { "content-length": 1_000 }).write('{"results":[', () => response.destroy())],
    ["what is not HTTP", ({ request }) => request.socket.end("nonsense\r\n\r\n")],
    ["nothing within the time limit", () => undefined, { TimeoutSeconds: 3 }],
  ])("is called again, with the same ids, after %s", async (_name, fail, more) => {
    answer = (received, response, before) => (before < 2 ? fail(received, response) : answerWith(response, received, succeeded));
    const jobId = await engine.create(rowsOf(numbered(2)), webhook(more));
    expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 2, failedTasks: 0 });
    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(receiver.received.map(({ request }) => request.headers["webhook-id"])).size).toBe(1);
  });

  it("that nobody answers for is waited for, however long, and one that answers others is not", async () => {
    answer = (received, response, before) => (before < 30 ? response.writeHead(503).end() : answerWith(response, received, succeeded));
    receiver.otherwise = 503;
    expect(await engine.run(await engine.create(rowsOf(["a"]), webhook()))).toMatchObject({ succeededTasks: 1, failedTasks: 0 });
    expect(receiver.received).toHaveLength(31);
    receiver.received.length = 0;
    receiver.otherwise = 405;
    expect(await engine.run(await engine.create(rowsOf(["a"]), webhook()))).toMatchObject({
      failedTasks: 1,
      errors: [{ code: "FunctionUnavailable", httpStatus: 503 }],
    });
    expect(receiver.received).toHaveLength(19);
  });

  it.each<[string, string, number, typeof answer]>([
    ["a redirect", "RedirectNotFollowed", 307, (_, response) => response.writeHead(307, { location: "/elsewhere" }).end()],
    ["a refusal", "RefusedByFunction", 403, (_, response) => response.writeHead(403).end("secret")],
    ["words", "InvalidResponse", 200, (_, response) => response.end("OK")],
    ["another invocation's results", "InvalidResponse", 200, (received, response) => answerWith(response, received, succeeded, { invocationId: "other" })],
  ])("fails all tasks of an invocation that it answers with %s", async (_name, code, httpStatus, answering) => {
    answer = answering;
    const jobId = await engine.create(rowsOf(numbered(2)), webhook());
    expect(await engine.run(jobId)).toMatchObject({ status: "Complete", failedTasks: 2, errors: [{ code, httpStatus, count: 2 }] });
    expect(receiver.received.map(({ request }) => request.url)).toEqual(["/hook?x=1"]);
    expect(JSON.stringify(await engine.rows(jobId))).not.toContain("secret");
  });

  it("is hung up on when its answer does not end", async () => {
    let sent = 0;
    const cut = Promise.withResolvers<void>();
    answer = (_, response) => {
      const part = Buffer.alloc(64 * 1024, " ");
      const more = () => {
        sent += part.length;
        response.write(part, (error) => (error ? undefined : setImmediate(more)));
      };
      response.on("close", () => cut.resolve());
      more();
    };
    const jobId = await engine.create(rowsOf(numbered(1)), webhook());
    expect(await engine.run(jobId)).toMatchObject({ failedTasks: 1, errors: [{ code: "ResponseTooLarge", httpStatus: 0, count: 1 }] });
    await cut.promise;
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  it("has to show a certificate that is trusted", async () => {
    const secure = createServer(certificate, (_, response) => response.end());
    await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
    const jobId = await engine.create(rowsOf(numbered(1)), webhook({}, `https://127.0.0.1:${(secure.address() as AddressInfo).port}`));
    expect(await engine.run(jobId)).toMatchObject({ failedTasks: 1, errors: [{ code: "FunctionUnreachable", httpStatus: 0 }] });
    expect((await engine.rows(jobId))[0]?.message).toContain("certificate");
    await new Promise((resolve) => secure.close(resolve));
  });

  it("is not called by a dry run, which says what would be", async () => {
    const jobId = await engine.create(rowsOf(numbered(2)), { ...webhook(), DryRun: true });
    expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 2 });
    expect(receiver.received).toEqual([]);
    expect((await engine.rows(jobId)).map((row) => row.message)).toEqual(Array(2).fill(`Would call ${new URL(receiver.url).host}/hook`));
  });

  it("over plain http is for this machine only", async () => {
    await expect(engine.create(rowsOf(["a"]), webhook({}, "http://hooks.example.com/"))).rejects.toMatchObject({
      code: "InvalidRequest",
      issues: [{ path: "Operation.InvokeWebhook.Url", message: expect.stringContaining("https://") }],
    });
  });
});

describe("a Lambda function", () => {
  const FunctionArn = "arn:aws:lambda:eu-central-1:123456789012:function:resize:live";
  const lambda = (more: object = {}) => ({ Operation: { LambdaInvoke: { FunctionArn, ...more } } });
  const setEndpoint = (lambdaEndpoint: string | null) => engine.db.connection.updateMany({ data: { lambdaEndpoint } });
  beforeEach(() => setEndpoint(receiver.url));

  it("is invoked for each object, signed with the role's keys for its own region", async () => {
    answer = (received, response) => answerWith(response, received, succeeded);
    const keys = ["a b", "日本語", "plain"];
    const jobId = await engine.create(rowsOf(keys), lambda());
    expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 3, failedTasks: 0 });
    expect(receiver.received.flatMap(keysOf).sort()).toEqual([...keys].sort());
    for (const received of receiver.received) {
      expect(received.request.url).toBe(`/2015-03-31/functions/${encodeURIComponent(FunctionArn)}/invocations`);
      expect(lambdaSigner(received, "role-secret")).toEqual({ accessKeyId: "ROLEKEY", region: "eu-central-1" });
      expect(lambdaSigner(received, "another")).toBe("another signature");
      expect(received.payload).toMatchObject({ invocationSchemaVersion: "1.0", job: { id: jobId }, tasks: [{ s3BucketArn: "arn:aws:s3:::data" }] });
    }
    for (const key of keys) expect((await rowsByKey(jobId)).get(key)).toMatchObject({ status: "succeeded", httpStatus: 200, message: key });
  });

  it("gets arguments and batches with schema 2.0", async () => {
    answer = (received, response) => answerWith(response, received, succeeded);
    const jobId = await engine.create(rowsOf(numbered(4)), lambda({ InvocationSchemaVersion: "2.0", UserArguments: { a: "1" }, BatchSize: 4 }));
    expect(await engine.run(jobId)).toMatchObject({ succeededTasks: 4 });
    expect(receiver.received.map(({ payload }) => payload)).toMatchObject([
      { invocationSchemaVersion: "2.0", job: { userArguments: { a: "1" } }, tasks: [{ s3Bucket: "data" }, {}, {}, {}] },
    ]);
  });

  it("that fails fails its tasks, in the words of Amazon's reports", async () => {
    const error = '{"errorMessage":"Task timed out after 3.00 seconds"}';
    answer = (_, response) => response.writeHead(200, { "x-amz-function-error": "Unhandled" }).end(error);
    const jobId = await engine.create(rowsOf(["a"]), lambda());
    expect(await engine.run(jobId)).toMatchObject({ failedTasks: 1, errors: [{ code: "PermanentFailure", httpStatus: 200 }] });
    expect((await engine.rows(jobId))[0]).toMatchObject({ message: `Lambda returned function error: ${error}` });
    expect(receiver.received).toHaveLength(1);
  });

  it("that is throttled is invoked again; one that is not there is not", async () => {
    const refuse = (response: Parameters<typeof answer>[1], status: number, type: string) =>
      response
        .writeHead(status, { "x-amzn-errortype": type, "content-type": "application/json" })
        .end(JSON.stringify({ Type: "User", message: `no: ${type}` }));
    answer = (received, response, before) => (before < 2 ? refuse(response, 429, "TooManyRequestsException") : answerWith(response, received, succeeded));
    expect(await engine.run(await engine.create(rowsOf(["a"]), lambda()))).toMatchObject({ succeededTasks: 1, failedTasks: 0 });
    expect(receiver.received).toHaveLength(3);
    answer = (_, response) => refuse(response, 404, "ResourceNotFoundException");
    const jobId = await engine.create(rowsOf(["a"]), lambda());
    expect(await engine.run(jobId)).toMatchObject({ failedTasks: 1, errors: [{ code: "ResourceNotFoundException", httpStatus: 404 }] });
    expect((await engine.rows(jobId))[0]?.message).toBe("no: ResourceNotFoundException");
    expect(receiver.received).toHaveLength(4);
  });

  it("needs a place to be invoked at, when the job is made and when it is prepared", async () => {
    const jobId = await engine.create(rowsOf(["a"]), lambda());
    await setEndpoint(null);
    await engine.prepareNext();
    const { status, failureReasons } = await engine.details(jobId);
    expect({ status, failureReasons }).toMatchObject({
      status: "Failed",
      failureReasons: [{ FailureCode: "FunctionNotAllowed", FailureReason: expect.stringContaining("no Lambda endpoint") }],
    });
    await expect(engine.create(rowsOf(["a"]), lambda())).rejects.toMatchObject({
      code: "InvalidRequest",
      issues: [{ path: "Operation.LambdaInvoke.FunctionArn", message: expect.stringContaining("no Lambda endpoint") }],
    });
    expect(receiver.received).toEqual([]);
  });
});
