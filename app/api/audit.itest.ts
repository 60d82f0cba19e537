import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPerson } from "#lib/auth/create-person.ts";
import { peerHeader } from "#lib/http/peer.ts";
import { runtime } from "#lib/http/runtime.ts";
import { endpoints } from "#lib/openapi/endpoints.ts";
import { reportSchemaText } from "#lib/reports/report-row.ts";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { anyNumberOfRequests } from "./testing/any-number-of-requests.ts";
import { auditedRequests, type Recorded } from "./testing/audited-requests.ts";
import { accountId, password, prepareThings, type Sent, secret } from "./testing/audited-things.ts";
import { findHandlers, type Handler } from "./testing/find-handlers.ts";

let database: TestDatabase;
let store: { endpoint: string; close: () => Promise<void> };
const cookies: Record<string, string> = {};

/** Signing in is in lib/auth/auth.itest.ts; what a link opens is in lib/people/links.itest.ts. */
const handlers = await findHandlers();

beforeAll(anyNumberOfRequests);
beforeAll(async () => {
  database = await createTestDatabase();
  store = await startStore();
  process.env.DATABASE_URL = database.url;
  process.env.LONGSHORE_SECRET = "a secret for the tests, of 32 characters or more";
  process.env.LONGSHORE_ACCOUNT_ID = accountId;
  await prepareThings(store.endpoint);
  const { db, auth } = runtime();
  for (const role of ["viewer", "admin"] as const) {
    const email = `${role}@example.com`;
    await createPerson(db, { email, password, name: role, role });
    const headers = { "content-type": "application/json", host: "console.test", origin: "http://console.test" };
    const body = JSON.stringify({ email, password });
    const answer = await auth(false).handler(new Request("http://console.test/api/auth/sign-in/email", { method: "POST", headers, body }));
    cookies[role] = answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");
  }
});
afterAll(async () => {
  const { db, boss } = runtime();
  await (await boss()).stop({ graceful: false });
  await db.$disconnect();
  await database.drop();
  await store.close();
});

it("has a row for each request that changes something, and for each that lets a file out", () => {
  const changing = [...handlers.keys()].filter((name) => !name.startsWith("GET "));
  const downloads = endpoints.filter((endpoint) => !endpoint.open && endpoint.method === "GET" && endpoint.contentType).map(({ path }) => `GET ${path}`);
  expect([...changing, ...downloads].sort()).toEqual(Object.keys(auditedRequests).sort());
});

const recorded = Object.entries(auditedRequests).filter((entry): entry is [string, Recorded] => typeof entry[1] !== "string");
describe.each(recorded)("%s", (name, { action, request, ...told }) => {
  it(`leaves one entry, ${action}: who, from where, what changed, and no secret`, async () => {
    const sent = await request();
    const before = await lastEntry();
    const answer = await send(name, sent, "admin");
    expect(answer.text, answer.text).not.toMatch(/^\{"error"/);
    const [entry, ...others] = await runtime().db.auditEntry.findMany({ where: { id: { gt: before } } });
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ action, actor: "admin@example.com", via: "console", ip: "203.0.113.7", userAgent: "the test", accessKeyId: null });
    const { before: was = null, after: is = null } = "noFields" in told ? {} : told;
    expect({ before: entry?.before, after: entry?.after }).toMatchObject({ before: was, after: is });
    expect(entry?.requestId).toMatch(/^\S{8,}$/);
    expect(entry?.actorId).toBeTruthy();
    expect(JSON.stringify(entry, (_key, value) => (typeof value === "bigint" ? String(value) : value))).not.toContain(secret);
  });

  it("leaves none where it is refused", async () => {
    const before = await lastEntry();
    await send(name, await request(), null);
    if (!viewersMay.has(name)) await send(name, await request(), "viewer");
    expect(await lastEntry()).toBe(before);
  });
});

/** What needs no right but to be signed in. */
const viewersMay = new Set([
  "GET /jobs/export",
  "GET /jobs/{jobId}/report/file",
  "GET /jobs/{jobId}/report/rows",
  "POST /jobs/{jobId}/report/link",
  "PUT /notifications/settings",
  "POST /access-keys",
  "PATCH /account",
  "POST /account/password",
  "DELETE /account/sessions",
  "DELETE /account/sessions/{sessionId}",
]);

const lastEntry = async (): Promise<bigint> => (await runtime().db.auditEntry.findFirst({ orderBy: { id: "desc" }, select: { id: true } }))?.id ?? 0n;

async function send(name: string, { params = {}, body, query, contentType = "application/json" }: Sent, who: string | null) {
  const [method = "", path = ""] = name.split(" ");
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const url = `http://console.test/api${path.replace(/\{(\w+)\}/g, (_, parameter: string) => params[parameter] ?? "")}${query ? `?${query}` : ""}`;
  const request = new Request(url, {
    method,
    headers: {
      host: "console.test",
      origin: "http://console.test",
      "user-agent": "the test",
      [peerHeader]: "203.0.113.7",
      "x-forwarded-for": "6.6.6.6",
      cookie: (who && cookies[who]) ?? "",
      ...(body !== undefined && { "content-type": contentType, "content-length": String(Buffer.byteLength(text)) }),
    },
    ...(body !== undefined && { body: text }),
  });
  const answer = await (handlers.get(name) as Handler)(request, { params: Promise.resolve(params) });
  return { status: answer.status, text: await answer.text() };
}

/** A store that has every report, and takes every upload. */
async function startStore() {
  const server = createServer((request, response) => {
    request.resume();
    const key = decodeURIComponent((request.url ?? "").replace(/\?.*$/, ""));
    const folder = /^\/reports\/(job-[^/]+\/)/.exec(key)?.[1];
    if (request.method === "PUT") return response.writeHead(200, { etag: '"60e460c9d1046e73f7dde5043ac3ae85"' }).end();
    if (!folder || request.method !== "GET") return response.writeHead(404).end();
    const file = { TaskExecutionStatus: "succeeded", Bucket: "reports", MD5Checksum: "x", Key: `${folder}results/a.csv` };
    const manifest = { Format: "Report_CSV_20180820", ReportCreationDate: "2026-11-28T00:00:00Z", Results: [file], ReportSchema: reportSchemaText };
    const text = key.endsWith("manifest.json") ? JSON.stringify(manifest) : "data,a,,succeeded,200,,Successful\n";
    response.writeHead(request.headers.range ? 206 : 200, { "content-range": `bytes 0-${text.length - 1}/${text.length}` }).end(text);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((done) => server.close(() => done()));
    },
  };
}
