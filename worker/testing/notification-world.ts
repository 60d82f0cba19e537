import { createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, vi } from "vitest";
import type { PersonRole } from "#lib/auth/permissions.ts";
import { createBoss } from "#lib/db/boss.ts";
import { createDb, type Db } from "#lib/db/client.ts";
import type { JobStatus } from "#lib/db/generated/enums.ts";
import { createGuardedHttp, type GuardedHttp } from "#lib/functions/guarded-http.ts";
import type { Context } from "#lib/jobs/context.ts";
import { lockJob, moveJob } from "#lib/jobs/move-job.ts";
import type { JobEventName } from "#lib/jobs/transition.ts";
import { addressNext } from "#lib/notifications/address-next.ts";
import { usualChoices } from "#lib/notifications/choices.ts";
import { type DeliveryTools, deliverNext } from "#lib/notifications/deliver-next.ts";
import { createMailer, type Mailer } from "#lib/notifications/mailer.ts";
import { updateNotificationSettings } from "#lib/notifications/notification-settings.ts";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";

/**
 * A database with people, a receiver of webhooks that answers as it is told to, and a mail server: for the tests of the file that imports
 * this. Each test begins without jobs, webhooks, choices and mails; the clock goes on.
 */
export const secret = "an installation's secret of 32 characters";
vi.stubEnv("LONGSHORE_SECRET", secret);
vi.stubEnv("LONGSHORE_ACCOUNT_ID", "123456789012");
vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1/none");
vi.stubEnv("LONGSHORE_LOG_LEVEL", "error");

const accountId = "123456789012";
export const hour = 3600 * 1000;
let clock = new Date("2026-11-28T12:00:00Z");
export const now = () => clock;
export const pass = (milliseconds: number) => {
  clock = new Date(clock.getTime() + milliseconds);
};

export interface Call {
  headers: IncomingHttpHeaders;
  body: string;
}
interface Mail {
  to: string[];
  raw: string;
}

export const calls: Call[] = [];
export const mails: Mail[] = [];
let answer = 200;
/** What the receiver says from now on, to the end of the test. */
export const answerWith = (status: number) => {
  answer = status;
};
const receiver = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (part: string) => {
    body += part;
  });
  request.on("end", () => {
    calls.push({ headers: request.headers, body });
    response.writeHead(answer, answer === 302 ? { location: "/elsewhere" } : {}).end("what it says is nobody's business");
  });
});
const post = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, session, done) {
    let raw = "";
    stream.setEncoding("utf8").on("data", (part: string) => {
      raw += part;
    });
    stream.on("end", () => {
      mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
      done();
    });
  },
});

export let database: TestDatabase;
export let db: Db;
let roleId: string;
export let url: string;
export let mailer: Mailer;
export let http: GuardedHttp;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/events`;
  await new Promise<void>((resolve) => post.listen(0, "127.0.0.1", resolve));
  mailer = createMailer(`smtp://127.0.0.1:${(post.server.address() as AddressInfo).port}`, "longshore@example.com");
  http = createGuardedHttp();
  const people = { ada: "operator", rita: "reviewer", root: "admin" } as const;
  for (const [id, role] of Object.entries(people)) await db.user.create({ data: { id, name: id, email: `${id}@example.com`, role } });
  const keys = { accessKeyId: "k", secretEncrypted: "s" };
  const connection = { name: "c", endpoint: "http://127.0.0.1:1", region: "r", workBucket: "w", ...keys };
  roleId = (await db.executionRole.create({ data: { arn: `arn:aws:iam::${accountId}:role/r`, ...keys, connection: { create: connection } } })).id;
});
afterAll(async () => {
  mailer.close();
  http.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await new Promise<void>((resolve) => post.close(resolve));
  await db.$disconnect();
  await database.drop();
});
beforeEach(async () => {
  await db.job.deleteMany();
  await db.webhook.deleteMany();
  await db.notificationChoice.deleteMany();
  calls.length = 0;
  mails.length = 0;
  answer = 200;
});

export const as = (userId: string, role: PersonRole): Context => ({
  db,
  boss: createBoss(database.url),
  accountId,
  now,
  caller: { userId, name: `${userId}@example.com`, role },
});
export const root = () => as("root", "admin");
export const tools = (more: Partial<DeliveryTools> = {}): DeliveryTools => ({
  db,
  now,
  webhooks: { http, secrets: [secret], allowedHosts: null },
  mailer,
  consoleUrl: "https://console.example.com",
  random: () => 0.5,
  ...more,
});

export const makeJob = async (status: JobStatus, description = "Weekly labels", more = {}) =>
  (
    await db.job.create({
      data: {
        accountId,
        roleId,
        status,
        description,
        operation: "S3PutObjectTagging",
        definition: {},
        definitionDigest: "x",
        priority: 1,
        confirmationRequired: true,
        clientRequestToken: randomUUID(),
        createdById: "ada",
        totalTasks: 3n,
        ...more,
      },
    })
  ).id;
export const move = (jobId: string, event: JobEventName, actor = "Longshore", detail?: string) =>
  db.$transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!job) throw new Error("no job");
    return moveJob(tx, job, { event, actor, now: now(), ...(detail && { detail }) });
  });
export const prepared = async (description?: string) => {
  const jobId = await makeJob("Preparing", description);
  await move(jobId, "suspend");
  return jobId;
};
export const address = async () => {
  while (await addressNext({ db, now, mail: true }));
};
export const deliver = async (using = tools()) => {
  for (let outcome = await deliverNext(using); outcome; outcome = await deliverNext(using));
};
export const tellAll = async () => {
  await address();
  await deliver();
};
export const wantMail = (userId: string, role: PersonRole, awaiting: "mine" | "all") =>
  updateNotificationSettings(as(userId, role), { ...usualChoices(role), email: { ...usualChoices(role).email, awaiting } });

export function verify({ headers, body }: Call, key: string): void {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = createHmac("sha256", Buffer.from(key.slice("whsec_".length), "base64"))
    .update(signed)
    .digest("base64");
  expect(headers["webhook-signature"]).toBe(`v1,${expected}`);
}
