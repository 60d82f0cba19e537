import { randomUUID } from "node:crypto";
import { sealSecret } from "#lib/auth/stored-secrets.ts";
import type { JobStatus } from "#lib/db/generated/enums.ts";
import { runtime } from "#lib/http/runtime.ts";

/** What is sent beside the method and the path. */
export interface Sent {
  params?: Record<string, string>;
  query?: string;
  body?: unknown;
  contentType?: string;
}

export const password = "correct horse battery";
export const secret = "hunter2hunter2hunter2";
export const accountId = "123456789012";
export const arn = `arn:aws:iam::${accountId}:role/audited`;
export const definition = {
  Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data" }] } },
  Manifest: {
    Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
    Location: { ObjectArn: "arn:aws:s3:::manifests/list.csv", ETag: "60e460c9d1046e73f7dde5043ac3ae85" },
  },
  Report: { Enabled: true, Bucket: "arn:aws:s3:::reports", Format: "Report_CSV_20180820", ReportScope: "AllTasks" },
  RoleArn: arn,
} as const;

export const digest = "0".repeat(64);
let endpoint: string;
export let connectionId: string;
let roleId: string;

/** The connection and the role that the requests work with. */
export async function prepareThings(storeEndpoint: string): Promise<void> {
  endpoint = storeEndpoint;
  const secretEncrypted = sealSecret(secret);
  const { id, roles } = await runtime().db.connection.create({
    data: { ...row(), secretEncrypted, roles: { create: { arn, accessKeyId: "KEY", secretEncrypted } } },
    include: { roles: true },
  });
  [connectionId, roleId] = [id, roles[0]?.id ?? ""];
}

export const connection = () => ({
  name: randomUUID(),
  endpoint,
  region: "us-east-1",
  addressing: "path",
  accessKeyId: "KEY",
  secretAccessKey: secret,
  workBucket: "work",
  workPrefix: ".longshore/",
});
export const newRole = (more = {}) => ({
  arn: `arn:aws:iam::${accountId}:role/${randomUUID()}`,
  connectionId,
  accessKeyId: "KEY",
  secretAccessKey: secret,
  ...more,
});
export const row = () => ({ name: randomUUID(), endpoint, region: "us-east-1", workBucket: "work", accessKeyId: "KEY", secretEncrypted: "sealed" });

export async function job(status: JobStatus, more: object = {}): Promise<string> {
  const made = await runtime().db.job.create({
    data: {
      accountId,
      operation: "S3PutObjectTagging",
      definition,
      definitionDigest: digest,
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
export const ofJob =
  (status: JobStatus, body: unknown = {}, more: object = {}) =>
  async () => ({ params: { jobId: await job(status, more) }, body });
export const ofReport = (sent: (jobId: string) => Sent) => async () => {
  const jobId = await job("Complete", { succeededTasks: 1n, totalTasks: 1n, reportManifestKey: "there" });
  return { params: { jobId }, ...sent(jobId) };
};
export const webhook = async () => {
  const data = { url: `https://hooks.example.com/${secret}`, events: ["failed" as const], createdAt: new Date(), createdBy: "admin@example.com" };
  return { params: { webhookId: (await runtime().db.webhook.create({ data })).id } };
};

export async function person(more: object = {}): Promise<string> {
  const id = randomUUID();
  await runtime().db.user.create({ data: { id, name: "Ana", email: `${id}@example.com`, ...more } });
  return id;
}
export const admin = async () => (await runtime().db.user.findUniqueOrThrow({ where: { email: "admin@example.com" } })).id;

export async function session(userId: string): Promise<{ userId: string; sessionId: string }> {
  const id = randomUUID();
  await runtime().db.session.create({ data: { id, userId, token: randomUUID(), expiresAt: new Date(Date.now() + 60_000) } });
  return { userId, sessionId: id };
}

export async function invitation(): Promise<Sent> {
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

export const makeRole = async () =>
  (await runtime().db.executionRole.create({ data: { arn: newRole().arn, connectionId, accessKeyId: "KEY", secretEncrypted: "sealed" } })).id;

export async function accessKey(): Promise<Sent> {
  const letters = randomUUID()
    .replaceAll("-", "")
    .toUpperCase()
    .replace(/[0189]/g, "A");
  const id = `LSIA${letters.slice(0, 16)}`;
  await runtime().db.accessKey.create({ data: { id, name: "tests", userId: await admin(), secretEncrypted: "sealed", createdAt: new Date() } });
  return { params: { accessKeyId: id } };
}
