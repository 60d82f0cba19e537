import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditAction } from "#lib/audit/audit-actions.ts";
import { createPerson } from "#lib/auth/create-person.ts";
import type { JobStatus } from "#lib/db/generated/enums.ts";
import { peerHeader } from "#lib/http/peer.ts";
import { runtime } from "#lib/http/runtime.ts";
import { usualChoices } from "#lib/notifications/choices.ts";
import { endpoints } from "#lib/openapi/endpoints.ts";
import { reportSchemaText } from "#lib/reports/report-row.ts";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { findHandlers, type Handler } from "./testing/find-handlers.ts";

/** A request that is carried out, and what it leaves in the audit trail. */
interface Recorded {
  action: AuditAction;
  /** Makes what it changes. */
  request: () => Promise<Sent> | Sent;
}
interface Sent {
  params?: Record<string, string>;
  query?: string;
  body?: unknown;
  contentType?: string;
}
/** Why a request is not in it. */
type Silent = string;

const password = "correct horse battery";
const secret = "hunter2hunter2hunter2";
const accountId = "123456789012";
const arn = `arn:aws:iam::${accountId}:role/audited`;
const definition = {
  Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data" }] } },
  Manifest: {
    Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
    Location: { ObjectArn: "arn:aws:s3:::manifests/list.csv", ETag: "60e460c9d1046e73f7dde5043ac3ae85" },
  },
  Report: { Enabled: true, Bucket: "arn:aws:s3:::reports", Format: "Report_CSV_20180820", ReportScope: "AllTasks" },
  RoleArn: arn,
} as const;

let database: TestDatabase;
let store: { endpoint: string; close: () => Promise<void> };
let connectionId: string;
let roleId: string;
const cookies: Record<string, string> = {};

const connection = () => ({
  name: randomUUID(),
  endpoint: store.endpoint,
  region: "us-east-1",
  addressing: "path",
  accessKeyId: "KEY",
  secretAccessKey: secret,
  workBucket: "work",
  workPrefix: ".longshore/",
});
const newRole = (more = {}) => ({ arn: `arn:aws:iam::${accountId}:role/${randomUUID()}`, connectionId, accessKeyId: "KEY", secretAccessKey: secret, ...more });
const row = () => ({ name: randomUUID(), endpoint: store.endpoint, region: "us-east-1", workBucket: "work", accessKeyId: "KEY", secretEncrypted: "sealed" });

async function job(status: JobStatus, more: object = {}): Promise<string> {
  const made = await runtime().db.job.create({
    data: {
      accountId,
      operation: "S3PutObjectTagging",
      definition,
      definitionDigest: "0".repeat(64),
      priority: 10,
      confirmationRequired: true,
      clientRequestToken: randomUUID(),
      description: "=cmd|'/c calc'!A1 \u202e",
      status,
      roleId,
      totalTasks: 3n,
      preflight: { checkedAt: new Date().toISOString(), findings: [], bytes: null, samples: [] },
      ...more,
    },
  });
  return made.id;
}
const ofJob =
  (status: JobStatus, body: unknown = {}, more: object = {}) =>
  async () => ({ params: { jobId: await job(status, more) }, body });
const ofReport = (sent: (jobId: string) => Sent) => async () => {
  const jobId = await job("Complete", { succeededTasks: 1n, totalTasks: 1n, reportManifestKey: "there" });
  return { params: { jobId }, ...sent(jobId) };
};
const ownJob = { ...definition, Priority: 1, ConfirmationRequired: true };
const webhook = async () => {
  const data = { url: `https://hooks.example.com/${secret}`, events: ["failed" as const], createdAt: new Date(), createdBy: "admin@example.com" };
  return { params: { webhookId: (await runtime().db.webhook.create({ data })).id } };
};

/** Each request that changes something, or lets data out: what it leaves, or why nothing. */
const trail: Record<string, Recorded | Silent> = {
  "POST /jobs": { action: "job.create", request: () => ({ body: { ...ownJob, ClientRequestToken: randomUUID() } }) },
  "POST /jobs/change": { action: "job.cancel", request: async () => ({ body: { jobIds: [await job("Active")], change: { action: "cancel" } } }) },
  "POST /jobs/change-preview": "It only says what a change would do",
  "GET /jobs/export": { action: "job.export", request: () => ({ query: "q=a" }) },
  "POST /jobs/{jobId}/ask-again": {
    action: "job.ask-again",
    request: ofJob("Suspended", { comment: "It is right now" }, { sentBackAt: new Date(), sentBackBy: "a", sentBackReason: "b" }),
  },
  "POST /jobs/{jobId}/cancel": { action: "job.cancel", request: ofJob("Active") },
  "POST /jobs/{jobId}/check": { action: "job.check", request: ofJob("Suspended") },
  "POST /jobs/{jobId}/comments": { action: "job.comment", request: ofJob("Complete", { comment: "Why?" }) },
  "POST /jobs/{jobId}/confirm": { action: "job.confirm", request: ofJob("Suspended", { definitionDigest: "0".repeat(64) }) },
  "DELETE /jobs/{jobId}/confirm": {
    action: "job.take-back",
    request: async () => {
      const jobId = await job("Suspended");
      await runtime().db.jobConfirmation.create({ data: { jobId, userId: await admin(), at: new Date(), definitionDigest: "0".repeat(64) } });
      return { params: { jobId } };
    },
  },
  "PUT /jobs/{jobId}/limits": { action: "job.limits", request: ofJob("Active", { maxInFlight: 1, maxRequestsPerSecond: null }) },
  "POST /jobs/{jobId}/pause": { action: "job.pause", request: ofJob("Active") },
  "POST /jobs/{jobId}/priority": { action: "job.priority", request: ofJob("Active", { priority: 11 }) },
  "POST /jobs/{jobId}/repeat": {
    action: "job.repeat",
    request: async () => ({ params: { jobId: await job("Complete") }, body: { dryRun: true, ClientRequestToken: randomUUID() } }),
  },
  "POST /jobs/{jobId}/resume": { action: "job.resume", request: ofJob("Paused", {}, { pausedBy: "ana@example.com" }) },
  "POST /jobs/{jobId}/send-back": { action: "job.send-back", request: ofJob("Suspended", { reason: "Last year's list" }) },
  "GET /jobs/{jobId}/report/file": { action: "report.download", request: ofReport((jobId) => ({ query: `key=job-${jobId}/manifest.json` })) },
  "GET /jobs/{jobId}/report/rows": { action: "report.download", request: ofReport(() => ({ query: "format=exact" })) },
  "POST /jobs/{jobId}/report/link": { action: "report.link", request: ofReport((jobId) => ({ body: { key: `job-${jobId}/manifest.json` } })) },
  "POST /connections": { action: "connection.create", request: () => ({ body: connection() }) },
  "POST /connections/test": { action: "connection.test", request: () => ({ body: connection() }) },
  "PATCH /connections/{connectionId}": {
    action: "connection.update",
    request: async () => ({ params: { connectionId: (await runtime().db.connection.create({ data: row() })).id }, body: connection() }),
  },
  "DELETE /connections/{connectionId}": {
    action: "connection.delete",
    request: async () => ({ params: { connectionId: (await runtime().db.connection.create({ data: row() })).id } }),
  },
  "POST /connections/{connectionId}/manifest-preview": "It only reads",
  "POST /connections/{connectionId}/upload": {
    action: "manifest.upload",
    request: () => ({ params: { connectionId }, query: `bucket=data&key=${randomUUID()}.csv`, body: "data,a\n", contentType: "text/csv" }),
  },
  "POST /connections/{connectionId}/probe": { action: "connection.probe", request: () => ({ params: { connectionId } }) },
  "POST /invitations": { action: "person.invite", request: () => ({ body: { email: `${randomUUID()}@example.com`, name: "Ana", role: "viewer" } }) },
  "DELETE /invitations/{invitationId}": { action: "person.invite-revoke", request: invitation },
  "POST /invitations/{invitationId}/link": { action: "person.invite", request: invitation },
  "PATCH /people/{userId}": { action: "person.role", request: async () => ({ params: { userId: await person() }, body: { role: "operator" } }) },
  "POST /people/{userId}/disable": { action: "person.disable", request: async () => ({ params: { userId: await person() } }) },
  "POST /people/{userId}/enable": { action: "person.enable", request: async () => ({ params: { userId: await person({ disabledAt: new Date() }) } }) },
  "POST /people/{userId}/password-reset": { action: "person.reset", request: async () => ({ params: { userId: await person() } }) },
  "DELETE /people/{userId}/sessions": { action: "session.revoke", request: async () => ({ params: await session(await person()) }) },
  "DELETE /people/{userId}/sessions/{sessionId}": { action: "session.revoke", request: async () => ({ params: await session(await person()) }) },
  "PATCH /account": { action: "person.update", request: () => ({ body: { name: randomUUID() } }) },
  "POST /account/password": { action: "person.password", request: () => ({ body: { present: password, password } }) },
  "DELETE /account/sessions": { action: "session.revoke", request: async () => ({ params: await session(await admin()) }) },
  "DELETE /account/sessions/{sessionId}": { action: "session.revoke", request: async () => ({ params: await session(await admin()) }) },
  "PUT /confirmation-policy": {
    action: "policy.update",
    request: () => ({ body: { notByCreator: false, twoForIrreversible: false, twoForObjectsOver: 1_000_000 } }),
  },
  "PUT /notifications/settings": {
    action: "notification.settings",
    request: () => ({ body: { ...usualChoices("admin"), email: usualChoices("admin").browser } }),
  },
  "POST /notifications/test-mail": "A mail to one's own address, that says nothing",
  "POST /roles": { action: "role.create", request: () => ({ body: newRole() }) },
  "PATCH /roles/{roleId}": { action: "role.update", request: async () => ({ params: { roleId: await makeRole() }, body: newRole() }) },
  "DELETE /roles/{roleId}": { action: "role.delete", request: async () => ({ params: { roleId: await makeRole() } }) },
  "POST /roles/test": { action: "role.test", request: () => ({ body: newRole() }) },
  "POST /access-keys": { action: "access-key.create", request: () => ({ body: { name: "tests" } }) },
  "DELETE /access-keys/{accessKeyId}": {
    action: "access-key.revoke",
    request: async () => {
      const id = `LSIA${randomUUID()
        .replaceAll("-", "")
        .toUpperCase()
        .replace(/[01 89]/g, "A")
        .slice(0, 16)}`;
      await runtime().db.accessKey.create({ data: { id, name: "tests", userId: await admin(), secretEncrypted: "sealed", createdAt: new Date() } });
      return { params: { accessKeyId: id } };
    },
  },
  "POST /saved-filters": "One's own way to look at the list",
  "PATCH /saved-filters/{savedFilterId}": "One's own way to look at the list",
  "DELETE /saved-filters/{savedFilterId}": "One's own way to look at the list",
  "POST /webhooks": { action: "webhook.create", request: () => ({ body: { url: `https://hooks.example.com/${secret}`, events: ["failed"] } }) },
  "PATCH /webhooks/{webhookId}": { action: "webhook.update", request: async () => ({ ...(await webhook()), body: { enabled: false } }) },
  "DELETE /webhooks/{webhookId}": { action: "webhook.delete", request: webhook },
  "POST /webhooks/{webhookId}/test": { action: "webhook.test", request: webhook },
  "POST /webhook-secret": { action: "webhook.secret", request: () => ({ body: { url: `https://hooks.example.com/${secret}` } }) },
  "GET /audit/export": { action: "audit.export", request: () => ({ query: "format=jsonl&target=none" }) },
};

async function person(more: object = {}): Promise<string> {
  const id = randomUUID();
  await runtime().db.user.create({ data: { id, name: "Ana", email: `${id}@example.com`, ...more } });
  return id;
}
const admin = async () => (await runtime().db.user.findUniqueOrThrow({ where: { email: "admin@example.com" } })).id;

async function session(userId: string): Promise<{ userId: string; sessionId: string }> {
  const id = randomUUID();
  await runtime().db.session.create({ data: { id, userId, token: randomUUID(), expiresAt: new Date(Date.now() + 60_000) } });
  return { userId, sessionId: id };
}

async function invitation(): Promise<Sent> {
  const [createdAt, expiresAt] = [new Date(), new Date(Date.now() + 60_000)];
  const data = {
    email: `${randomUUID()}@example.com`,
    name: "Ana",
    role: "viewer",
    tokenHash: randomUUID(),
    createdAt,
    createdBy: "admin@example.com",
    expiresAt,
  } as const;
  return { params: { invitationId: (await runtime().db.invitation.create({ data })).id } };
}

const makeRole = async () =>
  (await runtime().db.executionRole.create({ data: { arn: newRole().arn, connectionId, accessKeyId: "KEY", secretEncrypted: "sealed" } })).id;

/** Signing in is in lib/auth/auth.itest.ts; what a link opens is in lib/people/links.itest.ts. */
const handlers = await findHandlers();

beforeAll(async () => {
  database = await createTestDatabase();
  store = await startStore();
  process.env.DATABASE_URL = database.url;
  process.env.LONGSHORE_SECRET = "a secret for the tests, of 32 characters or more";
  process.env.LONGSHORE_ACCOUNT_ID = accountId;
  const { seal } = await import("#lib/auth/secret-box.ts");
  const { db, auth } = runtime();
  const secretEncrypted = seal(secret, process.env.LONGSHORE_SECRET);
  const made = await db.connection.create({
    data: { ...row(), secretEncrypted, roles: { create: { arn, accessKeyId: "KEY", secretEncrypted } } },
    include: { roles: true },
  });
  connectionId = made.id;
  roleId = made.roles[0]?.id ?? "";
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
  expect([...changing, ...downloads].sort()).toEqual(Object.keys(trail).sort());
});

describe.each(Object.entries(trail).filter((entry): entry is [string, Recorded] => typeof entry[1] !== "string"))("%s", (name, { action, request }) => {
  it(`leaves one entry, ${action}: who, from where, and no secret`, async () => {
    const sent = await request();
    const before = await lastEntry();
    const answer = await send(name, sent, "admin");
    expect(answer.text, answer.text).not.toMatch(/^\{"error"/);
    const [entry, ...others] = await runtime().db.auditEntry.findMany({ where: { id: { gt: before } } });
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ action, actor: "admin@example.com", via: "console", ip: "203.0.113.7", userAgent: "the test", accessKeyId: null });
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
