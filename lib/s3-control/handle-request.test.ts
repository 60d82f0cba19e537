import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createDb } from "../db/client.ts";
import { RequestBudget } from "../http/request-budget.ts";
import { log } from "../log.ts";
import { type LogScope, logScope } from "../log-scope.ts";
import { handleRequest, type S3Control } from "./handle-request.ts";

const now = new Date("2026-01-31T12:00:00Z");
let api: S3Control;
/** What the log was told to say of the request. */
let scope: LogScope | undefined;

beforeAll(() => {
  // Nothing listens there.
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none");
  vi.stubEnv("LONGSHORE_SECRET", "a secret of at least thirty-two characters");
  vi.stubEnv("LONGSHORE_ACCOUNT_ID", "123456789012");
  vi.spyOn(log, "error").mockImplementation(() => {
    scope = logScope();
  });
  api = {
    db: createDb("postgresql://nobody@127.0.0.1:9/none"),
    boss: () => Promise.reject(new Error("no queue")),
    accountId: "123456789012",
    now: () => now,
    budget: new RequestBudget(1, 1),
  };
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await api.db.$disconnect();
});

const claim = "AWS4-HMAC-SHA256 Credential=LSIA/20260131/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-account-id;x-amz-date, Signature=0";
const signed = {
  host: "localhost",
  authorization: claim,
  "x-amz-date": "20260131T120000Z",
  "x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "x-amz-account-id": "123456789012",
};

test("a database that is away is said to be, without a word of where it is", async () => {
  const answer = await handleRequest(api, new Request("http://localhost/v20180820/jobs", { headers: signed }));
  const body = await answer.text();
  expect(answer.status).toBe(503);
  expect(body).toContain("<Code>InternalServiceException</Code>");
  expect(body).not.toMatch(/postgres|127\.0\.0\.1|prisma/i);
  expect(log.error).toHaveBeenCalledWith(expect.objectContaining({ operation: "ListJobs" }), expect.anything());
  // One id: in the header, in the body and in the log.
  const requestId = answer.headers.get("x-amz-request-id");
  expect(body).toContain(`<RequestId>${requestId}</RequestId>`);
  expect(scope).toEqual({ requestId });
});

test("a body is not read for whoever has not signed for it", async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
  });
  const { authorization: _none, ...unsigned } = signed;
  const request = new Request("http://localhost/v20180820/jobs", { method: "POST", headers: unsigned, body: endless, duplex: "half" } as RequestInit);
  const answer = await handleRequest(api, request);
  expect([answer.status, answer.headers.get("connection")]).toEqual([403, "close"]);
  // What the stream itself has ready; nothing was asked of it.
  expect(sent).toBeLessThanOrEqual(1);
});
