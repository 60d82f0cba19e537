import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createPerson } from "#lib/auth/create-person.ts";
import type { PersonRole } from "#lib/auth/permissions.ts";
import { runtime } from "#lib/http/runtime.ts";
import { usualChoices } from "#lib/notifications/choices.ts";
import { endpoints } from "#lib/openapi/endpoints.ts";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { anyNumberOfRequests } from "./testing/any-number-of-requests.ts";
import { findHandlers, type Handler } from "./testing/find-handlers.ts";

/** Who may send each request of the JSON API, with a body that is right: what is refused is refused for the person's role alone. */
interface Right {
  least: PersonRole;
  body?: unknown;
  query?: string;
  contentType?: string;
}

const connection = {
  name: "tests",
  endpoint: "http://127.0.0.1:1",
  region: "us-east-1",
  addressing: "path",
  accessKeyId: "KEY",
  secretAccessKey: "secret",
  workBucket: "work",
  workPrefix: ".longshore/",
};
const nobody = randomUUID();
const role = { arn: "arn:aws:iam::123456789012:role/rights", connectionId: nobody, accessKeyId: "KEY", secretAccessKey: "secret" };
const job = {
  Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data" }] } },
  Manifest: {
    Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
    Location: { ObjectArn: "arn:aws:s3:::manifests/list.csv", ETag: "60e460c9d1046e73f7dde5043ac3ae85" },
  },
  Report: { Enabled: false },
  Priority: 10,
  RoleArn: "arn:aws:iam::123456789012:role/none",
  ClientRequestToken: randomUUID(),
};

const rights: Record<string, Right> = {
  "GET /home": { least: "viewer" },
  "GET /home/awaiting": { least: "viewer" },
  "GET /jobs": { least: "viewer" },
  "POST /jobs/change": { least: "operator", body: { jobIds: [nobody], change: { action: "cancel" } } },
  "POST /jobs/change-preview": { least: "operator", body: { jobIds: [nobody], action: "pause" } },
  "GET /jobs/export": { least: "viewer" },
  "GET /jobs/facets": { least: "viewer" },
  "GET /jobs/groups": { least: "viewer" },
  "GET /jobs/ids": { least: "viewer" },
  "POST /jobs": { least: "operator", body: job },
  "GET /jobs/{jobId}": { least: "viewer" },
  "POST /jobs/{jobId}/ask-again": { least: "operator", body: { comment: "The list is right now" } },
  "POST /jobs/{jobId}/cancel": { least: "operator", body: {} },
  "POST /jobs/{jobId}/check": { least: "operator", body: {} },
  "POST /jobs/{jobId}/comments": { least: "operator", body: { comment: "Why all of them?" } },
  "POST /jobs/{jobId}/confirm": { least: "reviewer", body: { definitionDigest: "0".repeat(64) } },
  "DELETE /jobs/{jobId}/confirm": { least: "reviewer" },
  "PUT /jobs/{jobId}/limits": { least: "operator", body: { maxInFlight: 1, maxRequestsPerSecond: null } },
  "POST /jobs/{jobId}/pause": { least: "operator", body: {} },
  "POST /jobs/{jobId}/priority": { least: "operator", body: { priority: 1 } },
  "POST /jobs/{jobId}/repeat": { least: "operator", body: { dryRun: true, ClientRequestToken: "token" } },
  "GET /jobs/{jobId}/report": { least: "viewer" },
  "GET /jobs/{jobId}/report/file": { least: "viewer", query: "key=results/a.csv" },
  "GET /jobs/{jobId}/report/rows": { least: "viewer", query: "format=exact" },
  "POST /jobs/{jobId}/report/link": { least: "viewer", body: { key: "results/a.csv" } },
  "POST /jobs/{jobId}/resume": { least: "operator", body: {} },
  "GET /jobs/{jobId}/samples": { least: "viewer" },
  "POST /jobs/{jobId}/send-back": { least: "reviewer", body: { reason: "The list is of last year" } },
  "GET /jobs/{jobId}/tail": { least: "viewer" },
  "GET /confirmation-policy": { least: "viewer" },
  "PUT /confirmation-policy": { least: "admin", body: { notByCreator: false, twoForIrreversible: false, twoForObjectsOver: null } },
  "GET /connections": { least: "viewer" },
  "POST /connections": { least: "admin", body: connection },
  "POST /connections/test": { least: "admin", body: connection },
  "GET /connections/{connectionId}": { least: "viewer" },
  "PATCH /connections/{connectionId}": { least: "admin", body: connection },
  "DELETE /connections/{connectionId}": { least: "admin" },
  "GET /connections/{connectionId}/buckets": { least: "operator" },
  "GET /connections/{connectionId}/objects": { least: "operator", query: "bucket=data" },
  "GET /connections/{connectionId}/object": { least: "operator", query: "bucket=data&key=a" },
  "POST /connections/{connectionId}/manifest-preview": {
    least: "operator",
    body: { bucket: "data", key: "a.csv", etag: "60e460c9d1046e73f7dde5043ac3ae85", fields: ["Bucket", "Key"] },
  },
  "POST /connections/{connectionId}/upload": { least: "operator", query: "bucket=data&key=a.csv", contentType: "text/csv", body: "data,a\n" },
  "GET /connections/{connectionId}/probe": { least: "viewer" },
  "POST /connections/{connectionId}/probe": { least: "admin" },
  "GET /connections/{connectionId}/rates": { least: "viewer", query: "operation=S3PutObjectTagging" },
  "GET /notifications/feed": { least: "viewer" },
  "GET /notifications/settings": { least: "viewer" },
  "PUT /notifications/settings": { least: "viewer", body: usualChoices("viewer") },
  "POST /notifications/test-mail": { least: "viewer" },
  "GET /roles": { least: "viewer" },
  "GET /roles/passers": { least: "admin" },
  "POST /roles": { least: "admin", body: role },
  "PATCH /roles/{roleId}": { least: "admin", body: role },
  "DELETE /roles/{roleId}": { least: "admin" },
  "POST /roles/test": { least: "admin", body: role },
  "GET /access-keys": { least: "viewer" },
  "POST /access-keys": { least: "viewer", body: { name: "tests" } },
  "DELETE /access-keys/{accessKeyId}": { least: "viewer" },
  "GET /saved-filters": { least: "viewer" },
  "POST /saved-filters": { least: "viewer", body: { name: "Failed", query: "status=Failed" } },
  "PATCH /saved-filters/{savedFilterId}": { least: "viewer", body: { name: "Failed" } },
  "DELETE /saved-filters/{savedFilterId}": { least: "viewer" },
  "GET /audit": { least: "admin" },
  "GET /audit/facets": { least: "admin" },
  "GET /audit/export": { least: "admin", query: "format=csv" },
  "GET /people": { least: "admin" },
  "PATCH /people/{userId}": { least: "admin", body: { name: "Ana" } },
  "POST /people/{userId}/disable": { least: "admin" },
  "POST /people/{userId}/enable": { least: "admin" },
  "POST /people/{userId}/password-reset": { least: "admin" },
  "GET /people/{userId}/sessions": { least: "admin" },
  "DELETE /people/{userId}/sessions": { least: "admin" },
  "DELETE /people/{userId}/sessions/{sessionId}": { least: "admin" },
  "POST /invitations": { least: "admin", body: { email: "new@example.com", name: "New", role: "viewer" } },
  "DELETE /invitations/{invitationId}": { least: "admin" },
  "POST /invitations/{invitationId}/link": { least: "admin" },
  "GET /account": { least: "viewer" },
  "PATCH /account": { least: "viewer", body: { name: "Ana" } },
  "POST /account/password": { least: "viewer", body: { present: "correct horse battery", password: "correct horse battery" } },
  "GET /account/sessions": { least: "viewer" },
  "DELETE /account/sessions": { least: "viewer" },
  "DELETE /account/sessions/{sessionId}": { least: "viewer" },
  "GET /workers": { least: "viewer" },
  "GET /webhooks": { least: "admin" },
  "POST /webhooks": { least: "admin", body: { url: "https://hooks.example.com/longshore", events: ["failed"] } },
  "PATCH /webhooks/{webhookId}": { least: "admin", body: { enabled: false } },
  "DELETE /webhooks/{webhookId}": { least: "admin" },
  "POST /webhooks/{webhookId}/test": { least: "admin" },
  "POST /webhook-secret": { least: "admin", body: { url: "https://hooks.example.com/longshore" } },
};

const roles: readonly PersonRole[] = ["viewer", "operator", "reviewer", "admin"];
const handlers = await findHandlers();

let database: TestDatabase;
const cookies = new Map<PersonRole, string>();
beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  process.env.LONGSHORE_SECRET = "a secret for the tests, of 32 characters or more";
  process.env.LONGSHORE_ACCOUNT_ID = "123456789012";
  const { db, auth } = runtime();
  const kept = { accessKeyId: "KEY", secretEncrypted: "sealed" };
  const { name, endpoint, region, workBucket } = { ...connection, name: "store" };
  await db.connection.create({ data: { name, endpoint, region, workBucket, ...kept, roles: { create: { arn: job.RoleArn, ...kept } } } });
  for (const role of roles) {
    const [email, password] = [`${role}@example.com`, "correct horse battery"];
    await createPerson(db, { email, password, name: role, role });
    const headers = { "content-type": "application/json", host: "console.test", origin: "http://console.test" };
    const body = JSON.stringify({ email, password });
    const answer = await auth(false).handler(new Request("http://console.test/api/auth/sign-in/email", { method: "POST", headers, body }));
    cookies.set(
      role,
      answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(";")[0])
        .join("; "),
    );
  }
});
afterAll(async () => {
  const { db, boss } = runtime();
  await (await boss()).stop({ graceful: false });
  await db.$disconnect();
  await database.drop();
});

it("has a row for each request there is, and each is described", () => {
  expect([...handlers.keys()].sort()).toEqual(Object.keys(rights).sort());
  const described = endpoints.filter((endpoint) => !endpoint.open).map(({ method, path }) => `${method} ${path}`);
  expect(described.sort()).toEqual(Object.keys(rights).sort());
});

describe.each(Object.entries(rights))("%s", (name, right) => {
  beforeAll(anyNumberOfRequests);
  it("is refused without a session", async () => {
    expect(await send(name, right, null)).toMatchObject({ status: 401, code: "Unauthenticated" });
  });
  it.each(roles)(`and a session of a %s ${right.least === "viewer" ? "is taken" : `is taken from a ${right.least} on`}`, async (role) => {
    const { status, code } = await send(name, right, role);
    if (roles.indexOf(role) < roles.indexOf(right.least)) expect({ status, code }).toEqual({ status: 403, code: "Forbidden" });
    else expect([400, 401, 403, 429]).not.toContain(status);
  });
  if (!name.startsWith("GET"))
    it("is refused from another site's page", async () => {
      expect(await send(name, right, "admin", "https://evil.example")).toMatchObject({ status: 403, code: "Forbidden" });
    });
});

it("a person who asks without end is told to wait, and nobody else is", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const path = "GET /jobs/export";
  const asked = await Promise.all(Array.from({ length: 30 }, () => send(path, { least: "viewer" }, "viewer")));
  const refused = asked.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(20);
  expect(refused[0]).toMatchObject({ code: "TooManyRequests", retryAfter: expect.stringMatching(/^[1-9]\d*$/) });
  expect(await send(path, { least: "viewer" }, "operator")).toMatchObject({ status: 200 });
});

async function send(name: string, { body, query, contentType = "application/json" }: Right, role: PersonRole | null, origin = "http://console.test") {
  const [method = "", path = ""] = name.split(" ");
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const url = `http://console.test/api${path.replace(/\{\w+\}/g, nobody)}${query ? `?${query}` : ""}`;
  const request = new Request(url, {
    method,
    headers: {
      host: "console.test",
      origin,
      cookie: (role && cookies.get(role)) ?? "",
      ...(body !== undefined && { "content-type": contentType, "content-length": String(Buffer.byteLength(text)) }),
    },
    ...(body !== undefined && { body: text }),
  });
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = ""]) => [parameter, nobody]);
  const answer = await (handlers.get(name) as Handler)(request, { params: Promise.resolve(Object.fromEntries(names)) });
  const told = await answer.text();
  const { error } = (told.startsWith('{"error"') ? JSON.parse(told) : {}) as { error?: { code: string } };
  return { status: answer.status, code: error?.code, retryAfter: answer.headers.get("retry-after") };
}
