import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { AuditAction } from "#lib/audit/audit-actions.ts";
import { runtime } from "#lib/http/runtime.ts";
import { notSentBack } from "#lib/jobs/sent-back.ts";
import { usualChoices } from "#lib/notifications/choices.ts";
import {
  accessKey,
  admin,
  arn,
  connection,
  connectionId,
  definition,
  digest,
  invitation,
  job,
  makeRole,
  newRole,
  ofJob,
  ofReport,
  password,
  person,
  row,
  type Sent,
  secret,
  session,
  webhook,
} from "./audited-things.ts";

/** A request that is carried out, and what it leaves in the audit trail. */
export type Recorded = Told & {
  action: AuditAction;
  /** Makes what it changes. */
  request: () => Promise<Sent> | Sent;
};
/** Some of the fields before and after, of both where a value is changed; or why neither is told. */
type Told = { before: object; after?: object } | { before?: undefined; after: object } | { noFields: string };
/** Why a request is not in it. */
type Silent = string;

const ownJob = { ...definition, Priority: 1, ConfirmationRequired: true };

/** Of what no test can know. */
const text = expect.any(String);
const endedSession = { id: text, device: "A program", address: null, lastSeenAt: text };

/** Each request that changes something, or lets data out: what it leaves, or why nothing. */
export const auditedRequests: Record<string, Recorded | Silent> = {
  "POST /jobs": {
    action: "job.create",
    after: { Priority: 1, RoleArn: arn, definitionDigest: text },
    request: () => ({ body: { ...ownJob, ClientRequestToken: randomUUID() } }),
  },
  "POST /jobs/change": {
    action: "job.cancel",
    before: { status: "Active" },
    after: { status: "Cancelling" },
    request: async () => ({ body: { jobIds: [await job("Active")], change: { action: "cancel" } } }),
  },
  "POST /jobs/change-preview": "It only says what a change would do",
  "GET /jobs/export": { action: "job.export", after: { q: "a" }, request: () => ({ query: "q=a" }) },
  "POST /jobs/{jobId}/ask-again": {
    action: "job.ask-again",
    before: { sentBackBy: "a", sentBackReason: "b", sentBackAt: text },
    after: notSentBack,
    request: ofJob("Suspended", { comment: "It is right now" }, { sentBackAt: new Date(), sentBackBy: "a", sentBackReason: "b" }),
  },
  "POST /jobs/{jobId}/cancel": { action: "job.cancel", before: { status: "Active" }, after: { status: "Cancelling" }, request: ofJob("Active") },
  "POST /jobs/{jobId}/check": { action: "job.check", noFields: "What is found is the worker's to say", request: ofJob("Suspended") },
  "POST /jobs/{jobId}/comments": { action: "job.comment", noFields: "The comment is its detail", request: ofJob("Complete", { comment: "Why?" }) },
  "POST /jobs/{jobId}/confirm": {
    action: "job.confirm",
    before: { status: "Suspended" },
    after: { status: "Ready", definitionDigest: digest },
    request: ofJob("Suspended", { definitionDigest: digest }),
  },
  "DELETE /jobs/{jobId}/confirm": {
    action: "job.take-back",
    before: { confirmedBy: ["admin@example.com"], definitionDigest: digest },
    after: { confirmedBy: [] },
    request: async () => {
      const jobId = await job("Suspended");
      await runtime().db.jobConfirmation.create({ data: { jobId, userId: await admin(), at: new Date(), definitionDigest: digest } });
      return { params: { jobId } };
    },
  },
  "PUT /jobs/{jobId}/limits": {
    action: "job.limits",
    before: { maxInFlight: null },
    after: { maxInFlight: 1 },
    request: ofJob("Active", { maxInFlight: 1, maxRequestsPerSecond: null }),
  },
  "POST /jobs/{jobId}/pause": {
    action: "job.pause",
    before: { status: "Active", pausedBy: null },
    after: { status: "Pausing", pausedBy: "admin@example.com" },
    request: ofJob("Active"),
  },
  "POST /jobs/{jobId}/priority": { action: "job.priority", before: { priority: 10 }, after: { priority: 11 }, request: ofJob("Active", { priority: 11 }) },
  "POST /jobs/{jobId}/repeat": {
    action: "job.repeat",
    after: { Repeats: text, DryRun: true, RoleArn: arn },
    request: async () => ({ params: { jobId: await job("Complete") }, body: { dryRun: true, ClientRequestToken: randomUUID() } }),
  },
  "POST /jobs/{jobId}/resume": {
    action: "job.resume",
    before: { status: "Paused", pausedBy: "ana@example.com" },
    after: { status: "Ready", pausedBy: null },
    request: ofJob("Paused", {}, { pausedBy: "ana@example.com" }),
  },
  "POST /jobs/{jobId}/send-back": {
    action: "job.send-back",
    before: notSentBack,
    after: { sentBackBy: "admin@example.com", sentBackReason: "Last year's list", sentBackAt: text },
    request: ofJob("Suspended", { reason: "Last year's list" }),
  },
  "GET /jobs/{jobId}/report/file": {
    action: "report.download",
    after: { key: text },
    request: ofReport((jobId) => ({ query: `key=job-${jobId}/manifest.json` })),
  },
  "GET /jobs/{jobId}/report/rows": { action: "report.download", after: { format: "exact" }, request: ofReport(() => ({ query: "format=exact" })) },
  "POST /jobs/{jobId}/report/link": {
    action: "report.link",
    after: { key: text, expiresAt: text },
    request: ofReport((jobId) => ({ body: { key: `job-${jobId}/manifest.json` } })),
  },
  "POST /connections": {
    action: "connection.create",
    after: { name: text, workBucket: "work", secretAccessKey: "set" },
    request: () => ({ body: connection() }),
  },
  "POST /connections/test": { action: "connection.test", after: { accessKeyId: "KEY", workBucket: "work" }, request: () => ({ body: connection() }) },
  "PATCH /connections/{connectionId}": {
    action: "connection.update",
    before: { name: text },
    after: { name: text, secretAccessKey: "changed" },
    request: async () => ({ params: { connectionId: (await runtime().db.connection.create({ data: row() })).id }, body: connection() }),
  },
  "DELETE /connections/{connectionId}": {
    action: "connection.delete",
    before: { name: text, workBucket: "work" },
    request: async () => ({ params: { connectionId: (await runtime().db.connection.create({ data: row() })).id } }),
  },
  "POST /connections/{connectionId}/manifest-preview": "It only reads",
  "POST /connections/{connectionId}/upload": {
    action: "manifest.upload",
    after: { bucket: "data", key: text, bytes: 7 },
    request: () => ({ params: { connectionId }, query: `bucket=data&key=${randomUUID()}.csv`, body: "data,a\n", contentType: "text/csv" }),
  },
  "POST /connections/{connectionId}/probe": {
    action: "connection.probe",
    noFields: "What is found is the worker's to say",
    request: () => ({ params: { connectionId } }),
  },
  "POST /invitations": {
    action: "person.invite",
    after: { email: text, name: "Ana", role: "viewer", expiresAt: text },
    request: () => ({ body: { email: `${randomUUID()}@example.com`, name: "Ana", role: "viewer" } }),
  },
  "DELETE /invitations/{invitationId}": { action: "person.invite-revoke", before: { email: text, name: "Ana", role: "viewer" }, request: invitation },
  "POST /invitations/{invitationId}/link": { action: "person.invite", before: { expiresAt: text }, after: { expiresAt: text }, request: invitation },
  "PATCH /people/{userId}": {
    action: "person.role",
    before: { role: "viewer" },
    after: { role: "operator" },
    request: async () => ({ params: { userId: await person() }, body: { role: "operator" } }),
  },
  "POST /people/{userId}/disable": {
    action: "person.disable",
    before: { disabled: false, sessions: [endedSession] },
    after: { disabled: true },
    request: async () => ({ params: await session(await person()) }),
  },
  "POST /people/{userId}/enable": {
    action: "person.enable",
    before: { disabled: true },
    after: { disabled: false },
    request: async () => ({ params: { userId: await person({ disabledAt: new Date() }) } }),
  },
  "POST /people/{userId}/password-reset": { action: "person.reset", after: { expiresAt: text }, request: async () => ({ params: { userId: await person() } }) },
  "DELETE /people/{userId}/sessions": {
    action: "session.revoke",
    before: { sessions: [endedSession] },
    request: async () => ({ params: await session(await person()) }),
  },
  "DELETE /people/{userId}/sessions/{sessionId}": {
    action: "session.revoke",
    before: { sessions: [endedSession] },
    request: async () => ({ params: await session(await person()) }),
  },
  "PATCH /account": { action: "person.update", before: { name: "admin" }, after: { name: text }, request: () => ({ body: { name: randomUUID() } }) },
  "POST /account/password": {
    action: "person.password",
    before: { sessions: [endedSession] },
    request: async () => ({ params: await session(await admin()), body: { present: password, password } }),
  },
  "DELETE /account/sessions": {
    action: "session.revoke",
    before: { sessions: expect.arrayContaining([endedSession]) },
    request: async () => ({ params: await session(await admin()) }),
  },
  "DELETE /account/sessions/{sessionId}": {
    action: "session.revoke",
    before: { sessions: [endedSession] },
    request: async () => ({ params: await session(await admin()) }),
  },
  "PUT /confirmation-policy": {
    action: "policy.update",
    before: { twoForObjectsOver: null },
    after: { twoForObjectsOver: 1_000_000 },
    request: () => ({ body: { notByCreator: false, twoForIrreversible: false, twoForObjectsOver: 1_000_000 } }),
  },
  "PUT /notifications/settings": {
    action: "notification.settings",
    before: { email: usualChoices("admin").email },
    after: { email: usualChoices("admin").browser },
    request: () => ({ body: { ...usualChoices("admin"), email: usualChoices("admin").browser } }),
  },
  "POST /notifications/test-mail": "A mail to one's own address, that says nothing",
  "POST /roles": { action: "role.create", after: { arn: text, connection: text, secretAccessKey: "set" }, request: () => ({ body: newRole() }) },
  "PATCH /roles/{roleId}": {
    action: "role.update",
    before: { arn: text },
    after: { arn: text, secretAccessKey: "changed" },
    request: async () => ({ params: { roleId: await makeRole() }, body: newRole() }),
  },
  "DELETE /roles/{roleId}": {
    action: "role.delete",
    before: { arn: text, accessKeyId: "KEY" },
    request: async () => ({ params: { roleId: await makeRole() } }),
  },
  "POST /roles/test": { action: "role.test", after: { connection: text, accessKeyId: "KEY" }, request: () => ({ body: newRole() }) },
  "POST /access-keys": { action: "access-key.create", after: { name: "tests", owner: "admin@example.com" }, request: () => ({ body: { name: "tests" } }) },
  "DELETE /access-keys/{accessKeyId}": {
    action: "access-key.revoke",
    before: { name: "tests", owner: "admin@example.com" },
    request: accessKey,
  },
  "POST /saved-filters": "One's own way to look at the list",
  "PATCH /saved-filters/{savedFilterId}": "One's own way to look at the list",
  "DELETE /saved-filters/{savedFilterId}": "One's own way to look at the list",
  "POST /webhooks": {
    action: "webhook.create",
    after: { events: ["failed"], enabled: true },
    request: () => ({ body: { url: `https://hooks.example.com/${secret}`, events: ["failed"] } }),
  },
  "PATCH /webhooks/{webhookId}": {
    action: "webhook.update",
    before: { enabled: true },
    after: { enabled: false },
    request: async () => ({ ...(await webhook()), body: { enabled: false } }),
  },
  "DELETE /webhooks/{webhookId}": { action: "webhook.delete", before: { events: ["failed"], enabled: true }, request: webhook },
  "POST /webhooks/{webhookId}/test": { action: "webhook.test", noFields: "It changes nothing", request: webhook },
  "POST /webhook-secret": {
    action: "webhook.secret",
    noFields: "It changes nothing",
    request: () => ({ body: { url: `https://hooks.example.com/${secret}` } }),
  },
  "GET /audit/export": { action: "audit.export", after: { format: "jsonl", target: "none" }, request: () => ({ query: "format=jsonl&target=none" }) },
};
