import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { authority, server as certificate } from "../../bin/testing/test-certificates.ts";
import { StepFailure, StepRetry, type TaskRequest, type Work, type WorkTools } from "../operations/operation.ts";
import { createAdmission } from "./admission.ts";
import { createCap } from "./cap.ts";
import { createTaskSender, type Outcome, type TaskGroup } from "./task-sender.ts";

/** Endpoints that misbehave in ways the sandbox does not. */
let server: Server;
const request: TaskRequest = { method: "PUT", bucket: "bucket", key: "key", query: { tagging: "" }, headers: {}, body: "<Tagging/>" };

async function endpoint(answer: RequestListener, port = 0): Promise<string> {
  return listen(createServer(answer), "http", port);
}
async function listen(created: Server, protocol: string, port = 0): Promise<string> {
  server = created;
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const close = () =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
afterEach(close);

function senderFor(url: string, caCertificate?: string) {
  const admission = createAdmission();
  const lane = { endpoint: admission.endpoint("connection"), jobCap: createCap() };
  const sender = createTaskSender(
    { endpoint: url, region: "us-east-1", addressing: "path", accessKeyId: "a", secretAccessKey: "s", caCertificate: caCertificate ?? null },
    lane,
    admission,
  );
  const send = (group: TaskGroup = { cutShort: false }): Promise<Outcome> =>
    new Promise((resolve) => {
      const started = sender.trySend(request, group, resolve);
      expect(started).toBe(true);
    });
  return { ...sender, send, sendLater: sender.send, onFree: admission.onFree };
}

it("waits for an endpoint that went away, with every task in flight", async () => {
  const url = await endpoint((_, response) => response.end());
  const sender = senderFor(url);
  expect(await sender.send()).toEqual({ kind: "succeeded", httpStatus: 200 });
  await close();
  const tasks = Array.from({ length: 16 }, () => sender.send());
  await expect.poll(() => sender.away()?.reason, { timeout: 10_000 }).toContain("ECONNREFUSED");
  await endpoint((_, response) => response.end(), Number(new URL(url).port));
  expect((await Promise.all(tasks)).every((outcome) => outcome.kind === "succeeded")).toBe(true);
  expect(sender.away()).toBeNull();
  await sender.close();
});

it("starts other tasks as those in flight lose their connections", async () => {
  const url = await endpoint(() => undefined);
  const sender = senderFor(url);
  const group = { cutShort: false };
  const outcomes: Outcome[] = [];
  let begun = 0;
  const begin = () => {
    while (begun < 500 && sender.trySend(request, group, (outcome) => outcomes.push(outcome))) begun += 1;
  };
  sender.onFree(begin, () => 1);
  begin();
  expect(begun).toBeLessThan(500);
  await close();
  await expect.poll(() => begun).toBe(500);
  sender.cutShort(group);
  await expect.poll(() => outcomes.length).toBe(500);
  await sender.close();
});

it("gives up on a task that is answered with trouble while others are not", async () => {
  const url = await endpoint((_, response) => response.writeHead(500).end("<Error><Code>InternalError</Code><Message>no</Message></Error>"));
  const sender = senderFor(url);
  const group = { cutShort: false };
  const task = sender.send(group);
  sender.cutShort(group);
  expect(await task).toEqual({ kind: "failed", httpStatus: 500, code: "InternalError", message: "no", cutShort: true });
  await sender.close();
});

it("holds it against a task that it alone gets no answer", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const url = await endpoint((asked, response) => response.writeHead(asked.url?.includes("?location") ? 403 : 504).end());
  const sender = senderFor(url);
  expect(await sender.send()).toEqual({ kind: "failed", httpStatus: 504, code: "GatewayTimeout", message: "The endpoint answered 504 GatewayTimeout" });
  await sender.close();
  vi.restoreAllMocks();
});

it("fails a task at once for an answer that is not S3's", async () => {
  const url = await endpoint((_, response) => response.end("x".repeat(2 * 1024 * 1024)));
  const sender = senderFor(url);
  expect(await sender.send()).toMatchObject({ kind: "failed", code: "AnswerTooLarge" });
  await sender.close();
});

it("trusts a private authority when it is told to, and no certificate that it does not know", async () => {
  const url = await listen(
    createSecureServer(certificate, (_, response) => response.end()),
    "https",
  );
  const trusting = senderFor(url, authority);
  expect(await trusting.send()).toEqual({ kind: "succeeded", httpStatus: 200 });
  await trusting.close();
  const wary = senderFor(url);
  expect(await wary.send()).toMatchObject({ kind: "failed", httpStatus: 0, message: expect.stringContaining("certificate") });
  await wary.close();
});

it("sends what takes something back even after it was cut short, once", async () => {
  let asked = 0;
  const url = await endpoint((_, response) => {
    asked += 1;
    response.statusCode = 500;
    response.end();
  });
  const sender = senderFor(url);
  const group = { cutShort: true };
  const outcomeOf = (one: TaskRequest) => new Promise<Outcome>((resolve) => sender.sendLater(one, group, resolve));
  expect(await outcomeOf(request)).toMatchObject({ code: "Interrupted", cutShort: true });
  expect(asked).toBe(0);
  expect(await outcomeOf({ ...request, always: true })).toMatchObject({ httpStatus: 500, cutShort: true });
  expect(asked).toBe(1);
  await sender.close();
});

it("keeps the trouble of a place that is not the connection's away from the connection, and asks that place whether it answers", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const admission = createAdmission();
  const lane = { endpoint: admission.endpoint("connection"), jobCap: createCap() };
  const target = { endpoint: "http://127.0.0.1:1", region: "us-east-1", addressing: "path", accessKeyId: "a", secretAccessKey: "s" } as const;
  const sender = createTaskSender(target, lane, admission, {} as WorkTools);
  let [tries, asked] = [0, 0];
  const work: Work = {
    bucket: "bucket",
    place: "function:host",
    work: async () => {
      tries += 1;
      throw new StepRetry({ away: true, httpStatus: 503, code: "ServiceUnavailable", message: "not now" });
    },
    // Away for the first five times that it is asked.
    answers: async () => ++asked > 5,
  };
  const outcome = await new Promise<Outcome>((resolve) => sender.send(work, { cutShort: false }, resolve));
  expect(outcome).toEqual({ kind: "failed", httpStatus: 503, code: "ServiceUnavailable", message: "not now" });
  // Nine before it is asked, five while it is away, and ten that count.
  expect({ tries, asked }).toEqual({ tries: 24, asked: 15 });
  expect([...lane.endpoint.buckets]).toEqual([]);
  expect(admission.endpoint("function:host").buckets.get("function:host")).toMatchObject({ inFlight: 0, concurrency: { limit: 1 } });
  await sender.close();
  vi.restoreAllMocks();
});

it("ends work that is under way, and still sends what cleans up after it", async () => {
  const url = await endpoint((_, response) => response.end());
  const admission = createAdmission();
  const lane = { endpoint: admission.endpoint("connection"), jobCap: createCap() };
  lane.endpoint.cap.setShare({ inFlight: 1, perSecond: null }, Date.now());
  const target = { endpoint: url, region: "us-east-1", addressing: "path" as const, accessKeyId: "a", secretAccessKey: "s" };
  const sender = createTaskSender(target, lane, admission, {} as WorkTools);
  const group = { cutShort: false };
  const work: Work = {
    bucket: "bucket",
    work: (_tools, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(new StepFailure({ kind: "failed", httpStatus: 0, code: "UND_ERR_ABORTED", message: "" })));
      }),
  };
  const outcome = new Promise<Outcome>((resolve) => sender.trySend(work, group, resolve));
  sender.cutShort(group);
  expect(await outcome).toMatchObject({ kind: "failed", code: "Interrupted", cutShort: true });
  // Its place is free again.
  expect(await new Promise<Outcome>((resolve) => sender.send({ ...request, always: true }, group, resolve))).toMatchObject({ kind: "succeeded" });
  expect(await new Promise<Outcome>((resolve) => sender.send(request, group, resolve))).toMatchObject({ code: "Interrupted", cutShort: true });
  sender.close();
});

it("lets tasks in a hurry take their other steps, and wait for no other try", async () => {
  let answers = 0;
  const url = await endpoint((_, response) => {
    answers += 1;
    response.statusCode = answers === 1 ? 200 : 503;
    response.end();
  });
  const sender = senderFor(url);
  const group = { cutShort: false };
  sender.hurry(group);
  const next = () => new Promise<Outcome>((resolve) => sender.sendLater(request, group, resolve));
  expect(await next()).toMatchObject({ kind: "succeeded" });
  expect(await next()).toMatchObject({ kind: "failed", code: "ServiceUnavailable", cutShort: true });
  expect(answers).toBe(2);
  sender.close();
});
