import { createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { PersonRole } from "#lib/auth/permissions.ts";
import { createBoss } from "#lib/db/boss.ts";
import { createDb, type Db } from "#lib/db/client.ts";
import type { JobStatus } from "#lib/db/generated/enums.ts";
import { createGuardedHttp, type GuardedHttp } from "#lib/functions/guarded-http.ts";
import type { Context } from "#lib/jobs/context.ts";
import { lockJob, moveJob } from "#lib/jobs/move-job.ts";
import { sendBackJob } from "#lib/jobs/send-back-job.ts";
import type { JobEventName } from "#lib/jobs/transition.ts";
import { log } from "#lib/log.ts";
import { addressNext } from "#lib/notifications/address-next.ts";
import { usualChoices } from "#lib/notifications/choices.ts";
import { type DeliveryTools, deliverNext, leaseMs } from "#lib/notifications/deliver-next.ts";
import { forgetOldNotifications } from "#lib/notifications/forget-old.ts";
import { createMailer, type Mailer } from "#lib/notifications/mailer.ts";
import { readNotificationSettings, updateNotificationSettings } from "#lib/notifications/notification-settings.ts";
import { readFeed } from "#lib/notifications/read-feed.ts";
import { sendTestMail } from "#lib/notifications/send-test-mail.ts";
import { testWebhook } from "#lib/notifications/test-webhook.ts";
import { maxWebhooks } from "#lib/notifications/webhook-schemas.ts";
import { createWebhook, deleteWebhook, listWebhooks, updateWebhook } from "#lib/notifications/webhooks.ts";
import { createTestDatabase, type TestDatabase } from "../bin/testing/test-database.ts";
import { crashAt } from "./testing/crash.ts";

const secret = "an installation's secret of 32 characters";
vi.stubEnv("LONGSHORE_SECRET", secret);
vi.stubEnv("LONGSHORE_ACCOUNT_ID", "123456789012");
vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1/none");
vi.stubEnv("LONGSHORE_LOG_LEVEL", "error");

const accountId = "123456789012";
const hour = 3600 * 1000;
let clock = new Date("2026-11-28T12:00:00Z");
const now = () => clock;
const pass = (milliseconds: number) => {
  clock = new Date(clock.getTime() + milliseconds);
};

interface Call {
  headers: IncomingHttpHeaders;
  body: string;
}
interface Mail {
  to: string[];
  raw: string;
}

/** A receiver that answers as it is told to, and a mail server that takes everything. */
const calls: Call[] = [];
const mails: Mail[] = [];
let answer = 200;
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

let database: TestDatabase;
let db: Db;
let roleId: string;
let url: string;
let mailer: Mailer;
let http: GuardedHttp;

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

const as = (userId: string, role: PersonRole): Context => ({
  db,
  boss: createBoss(database.url),
  accountId,
  now,
  caller: { userId, name: `${userId}@example.com`, role },
});
const root = () => as("root", "admin");
const tools = (more: Partial<DeliveryTools> = {}): DeliveryTools => ({
  db,
  now,
  webhooks: { http, secrets: [secret], allowedHosts: null },
  mailer,
  consoleUrl: "https://console.example.com",
  random: () => 0.5,
  ...more,
});

const makeJob = async (status: JobStatus, description = "Weekly labels", more = {}) =>
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
const move = (jobId: string, event: JobEventName, actor = "Longshore", detail?: string) =>
  db.$transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!job) throw new Error("no job");
    return moveJob(tx, job, { event, actor, now: now(), ...(detail && { detail }) });
  });
const prepared = async (description?: string) => {
  const jobId = await makeJob("Preparing", description);
  await move(jobId, "suspend");
  return jobId;
};
const address = async () => {
  while (await addressNext({ db, now, mail: true }));
};
const deliver = async (using = tools()) => {
  for (let outcome = await deliverNext(using); outcome; outcome = await deliverNext(using));
};
const tellAll = async () => {
  await address();
  await deliver();
};
const wantMail = (userId: string, role: PersonRole, awaiting: "mine" | "all") =>
  updateNotificationSettings(as(userId, role), { ...usualChoices(role), email: { ...usualChoices(role).email, awaiting } });

function verify({ headers, body }: Call, key: string): void {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = createHmac("sha256", Buffer.from(key.slice("whsec_".length), "base64"))
    .update(signed)
    .digest("base64");
  expect(headers["webhook-signature"]).toBe(`v1,${expected}`);
}

describe("what is to be told", () => {
  test("is written by the transaction that moves the job, or not at all", async () => {
    const jobId = await makeJob("Preparing");
    await expect(
      db.$transaction(async (tx) => {
        const job = await lockJob(tx, jobId);
        if (job) await moveJob(tx, job, { event: "suspend", actor: "Longshore", now: now() });
        throw new Error("died");
      }),
    ).rejects.toThrow("died");
    expect(await db.notification.count()).toBe(0);
    await move(jobId, "suspend");
    expect(await db.notification.findMany()).toMatchObject([
      { jobId, event: "awaiting", ownerId: "ada", addressedAt: null, subject: { totalTasks: 3, createdBy: "ada" } },
    ]);
    await move(jobId, "confirm", "rita@example.com");
    await move(jobId, "activate");
    expect(await db.notification.count()).toBe(1);
  });

  test("says who ended the job, and why it failed", async () => {
    const cancelled = await makeJob("Active");
    await move(cancelled, "cancel", "rita@example.com", "Not now");
    await move(cancelled, "finish");
    const failed = await makeJob("Failing", "", { failureReasons: [{ FailureCode: "X", FailureReason: "The manifest has changed" }] });
    await move(failed, "finish");
    const sentBack = await makeJob("Suspended");
    await sendBackJob(as("rita", "reviewer"), { jobId: sentBack, reason: "Not the archive" });
    const told = await db.notification.findMany({ orderBy: { txid: "asc" } });
    expect(told).toMatchObject([
      { event: "finished", subject: { status: "Cancelled", actor: "rita@example.com", detail: "Not now" } },
      { event: "failed", subject: { status: "Failed", detail: "The manifest has changed" } },
      { event: "sentBack", subject: { status: "Suspended", actor: "rita@example.com", detail: "Not the archive" } },
    ]);
  });
});

describe("a webhook", () => {
  test("gets what it asked for, signed with the secret that was shown once", async () => {
    const hook = await createWebhook(root(), { url, events: ["awaiting"] });
    pass(1);
    await createWebhook(root(), { url: `${url}/others`, events: ["failed"] });
    const jobId = await prepared();
    await tellAll();
    expect(calls).toHaveLength(1);
    const [call] = calls as [Call];
    verify(call, hook.secret);
    expect(JSON.parse(call.body)).toMatchObject({
      type: "job.awaiting_confirmation",
      data: { url: `https://console.example.com/jobs/${jobId}/review`, job: { id: jobId, status: "Suspended", totalTasks: 3 } },
    });
    const listed = await listWebhooks(root());
    expect(listed).toMatchObject([{ id: hook.id, waiting: 0, last: { delivered: true, failure: null } }, { last: null }]);
    expect(JSON.stringify(listed)).not.toContain("whsec_");
  });

  test("is one of twenty, and no more", async () => {
    const data = Array.from({ length: maxWebhooks }, (_, index) => ({
      url: `${url}/${index}`,
      events: ["failed" as const],
      createdAt: now(),
      createdBy: "root",
    }));
    await db.webhook.createMany({ data });
    await expect(createWebhook(root(), { url, events: ["failed"] })).rejects.toThrow("There are 20 webhooks, and no more are kept");
  });

  test("is told once by several workers", async () => {
    await createWebhook(root(), { url, events: ["awaiting"] });
    for (let index = 0; index < 5; index += 1) await prepared();
    await Promise.all([address(), address(), address()]);
    await Promise.all([deliver(), deliver(), deliver()]);
    expect(calls).toHaveLength(5);
    expect(new Set(calls.map(({ headers }) => headers["webhook-id"])).size).toBe(5);
  });

  test.each([
    [500, "The receiver answered 500."],
    [302, "The receiver redirects (302), which is not followed."],
  ])("that answers %i is tried again, later each time, with the same id", async (status, failure) => {
    await createWebhook(root(), { url, events: ["awaiting"] });
    answer = status;
    await prepared();
    await prepared();
    await tellAll();
    // One attempt says that it is away: the other message waits as well.
    expect(calls).toHaveLength(1);
    expect((await listWebhooks(root()))[0]).toMatchObject({ waiting: 2, last: { delivered: false, failure, givenUp: false } });
    pass(4_999);
    expect(await deliverNext(tools())).toBeNull();
    answer = 204;
    pass(1);
    await deliver();
    expect(calls).toHaveLength(3);
    expect(new Set(calls.map(({ headers }) => headers["webhook-id"])).size).toBe(2);
    expect((await listWebhooks(root()))[0]).toMatchObject({ waiting: 0, last: { delivered: true } });
  });

  test("is given up after a day", async () => {
    const { id } = await createWebhook(root(), { url: "http://127.0.0.1:1/", events: ["awaiting"] });
    await prepared();
    await address();
    for (let attempts = 0; attempts < 60; attempts += 1) {
      await deliverNext(tools());
      pass(hour);
    }
    const [delivery] = await db.notificationDelivery.findMany({ where: { webhookId: id } });
    expect(delivery).toMatchObject({ deliveredAt: null, dueAt: null, failure: expect.stringMatching(/^The receiver could not be reached/) });
    expect(delivery?.attempts).toBeLessThan(26);
    expect((await listWebhooks(root()))[0]?.last).toMatchObject({ delivered: false, givenUp: true });
  });

  test("is told nothing more once it is switched off or deleted", async () => {
    const off = await createWebhook(root(), { url, events: ["awaiting"] });
    const gone = await createWebhook(root(), { url, events: ["awaiting"] });
    await prepared();
    await address();
    await updateWebhook(root(), off.id, { enabled: false });
    await deleteWebhook(root(), gone.id);
    await prepared();
    await tellAll();
    expect(calls).toEqual([]);
    expect(await db.notificationDelivery.count()).toBe(0);
  });

  test("may be tried, and says why it did not take the test", async () => {
    const hook = await createWebhook(root(), { url, events: ["awaiting"] });
    expect(await testWebhook(root(), hook.id)).toEqual({ failure: null });
    verify(calls[0] as Call, hook.secret);
    answer = 401;
    expect(await testWebhook(root(), hook.id)).toEqual({ failure: "The receiver answered 401." });
  });

  test("is for administrators, and leads to no place where credentials are kept", async () => {
    await expect(listWebhooks(as("rita", "reviewer"))).rejects.toMatchObject({ code: "Forbidden" });
    await expect(createWebhook(as("rita", "reviewer"), { url, events: ["awaiting"] })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(createWebhook(root(), { url: "http://169.254.169.254/", events: ["awaiting"] })).rejects.toThrow("Link-local");
    await expect(createWebhook(root(), { url: "http://example.com/", events: ["awaiting"] })).rejects.toMatchObject({ code: "InvalidRequest" });
    // Kept before the installation allowed fewer hosts.
    const { id } = await createWebhook(root(), { url, events: ["awaiting"] });
    await prepared();
    await address();
    await deliverNext(tools({ webhooks: { http, secrets: [secret], allowedHosts: ["hooks.example.com"] } }));
    expect(calls).toEqual([]);
    expect((await listWebhooks(root())).find((one) => one.id === id)?.last?.failure).toContain("not allowed here");
  });
});

describe("a worker that dies", () => {
  const engine = () => ({ db, boss: createBoss(database.url), now, log });

  test("while it writes down who is to be told leaves all of it or none", async () => {
    await createWebhook(root(), { url, events: ["awaiting"] });
    for (const mode of ["before", "after"] as const) {
      await prepared();
      const crash = crashAt(engine(), 1, mode);
      void addressNext({ db: crash.ctx.db, now, mail: true });
      await crash.happened;
      await tellAll();
    }
    expect(calls).toHaveLength(2);
  });

  test.each(["before", "after"] as const)("%s it has written that the receiver took it has it told again, with the same id", async (mode) => {
    await createWebhook(root(), { url, events: ["awaiting"] });
    await prepared();
    await address();
    const crash = crashAt(engine(), 1, mode);
    void deliverNext(tools({ db: crash.ctx.db }));
    await crash.happened;
    expect(calls).toHaveLength(1);
    expect(await deliverNext(tools())).toBeNull();
    pass(leaseMs);
    await deliver();
    expect(calls).toHaveLength(mode === "before" ? 2 : 1);
    expect(new Set(calls.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(await db.notificationDelivery.count({ where: { deliveredAt: null } })).toBe(0);
  });

  test("before the receiver has it leaves it to another one, and changes nothing should it come back", async () => {
    await createWebhook(root(), { url, events: ["awaiting"] });
    await prepared();
    await address();
    const held = Promise.withResolvers<never>();
    const sending = Promise.withResolvers<void>();
    const send = () => {
      sending.resolve();
      return held.promise;
    };
    const slow = deliverNext(tools({ webhooks: { http: { ...http, send }, secrets: [secret], allowedHosts: null } }));
    await sending.promise;
    pass(leaseMs);
    await deliver();
    held.reject(new Error("too late"));
    await slow;
    expect(calls).toHaveLength(1);
    expect(await db.notificationDelivery.findMany()).toMatchObject([{ attempts: 2, failure: null, dueAt: null, deliveredAt: clock }]);
  });
});

describe("a mail", () => {
  test("goes to those who chose it, and no description can write its headers", async () => {
    await wantMail("rita", "reviewer", "all");
    await wantMail("ada", "operator", "mine");
    await prepared("Innocent\r\nBcc: all@example.com\r\n\r\n<script>alert(1)</script>");
    await makeJob("Preparing", "of somebody else", { createdById: "root" }).then((jobId) => move(jobId, "suspend"));
    await tellAll();
    expect(mails.map(({ to }) => to).sort()).toEqual([["ada@example.com"], ["rita@example.com"], ["rita@example.com"]]);
    for (const { raw } of mails) {
      const [head = "", body = ""] = raw.split(/\r\n\r\n([\s\S]*)/);
      expect(head).not.toMatch(/^(Bcc|Cc):/im);
      expect(head).toMatch(/^From: Longshore <longshore@example.com>$/m);
      expect(head).toMatch(/^Auto-Submitted: auto-generated$/m);
      const html = body.split("Content-Type: text/html")[1]?.replaceAll("=\r\n", "");
      expect(html).toMatch(/&lt;script&gt;|of somebody else/);
      expect(html).not.toContain("<script");
    }
    const ids = mails.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1]);
    expect(new Set(ids).size).toBe(3);
  });

  test("that the server does not take is tried again; nobody is owed one where there is no server", async () => {
    await wantMail("rita", "reviewer", "all");
    await prepared();
    await addressNext({ db, now, mail: false });
    expect(await db.notificationDelivery.count()).toBe(0);
    await prepared();
    await address();
    const away = createMailer("smtp://user:hunter2@127.0.0.1:1", "longshore@example.com");
    const outcome = await deliverNext(tools({ mailer: away }));
    away.close();
    expect(outcome).toMatchObject({ failure: expect.stringMatching(/^The mail server could not be reached/), givenUp: false });
    expect(JSON.stringify(await db.notificationDelivery.findMany())).not.toContain("hunter2");
    pass(5_000);
    await deliver();
    expect(mails).toHaveLength(1);
  });

  test("for a test goes to the person who asks, or says what is missing", async () => {
    const own = { ...mailer, close: () => undefined };
    expect(await sendTestMail(as("ada", "operator"), own)).toEqual({ to: "ada@example.com" });
    expect(mails.map(({ to }) => to)).toEqual([["ada@example.com"]]);
    await expect(sendTestMail(as("ada", "operator"), null)).rejects.toMatchObject({ code: "Conflict" });
    const away = createMailer("smtp://user:hunter2@127.0.0.1:1", "longshore@example.com");
    await expect(sendTestMail(as("ada", "operator"), away)).rejects.toMatchObject({ code: "Upstream", message: expect.not.stringContaining("hunter2") });
  });
});

describe("the browser's feed", () => {
  const cursorNow = async () => (await readFeed(as("rita", "reviewer"), {})).cursor;

  test("begins where one is, and tells each person what they chose, once", async () => {
    await prepared("before");
    const after = await cursorNow();
    const jobId = await prepared("<b>now</b>");
    const news = await readFeed(as("rita", "reviewer"), { after });
    expect(news.notifications).toMatchObject([{ event: "awaiting", title: "Awaiting confirmation: <b>now</b>", href: `/jobs/${jobId}/review` }]);
    expect((await readFeed(as("rita", "reviewer"), { after: news.cursor })).notifications).toEqual([]);
    expect((await readFeed(as("ada", "operator"), { after })).notifications).toEqual([]);
    await updateNotificationSettings(as("ada", "operator"), {
      ...usualChoices("operator"),
      browser: { ...usualChoices("operator").browser, awaiting: "mine" },
    });
    expect((await readFeed(as("ada", "operator"), { after })).notifications).toHaveLength(1);
    expect((await readNotificationSettings(as("ada", "operator"))).choices.browser.awaiting).toBe("mine");
  });

  test("misses nothing that is committed after what came later", async () => {
    const after = await cursorNow();
    const [early, late] = [await makeJob("Preparing", "early"), await makeJob("Preparing", "late")];
    const written = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const slow = db.$transaction(async (tx) => {
      const job = await lockJob(tx, early);
      if (job) await moveJob(tx, job, { event: "suspend", actor: "Longshore", now: now() });
      written.resolve();
      await commit.promise;
    });
    await written.promise;
    await move(late, "suspend");
    const first = await readFeed(as("rita", "reviewer"), { after });
    commit.resolve();
    await slow;
    const second = await readFeed(as("rita", "reviewer"), { after: first.cursor });
    const told = [...first.notifications, ...second.notifications].map(({ title }) => title);
    expect(told.sort()).toEqual(["Awaiting confirmation: early", "Awaiting confirmation: late"]);
  });

  test("has no old news, and begins anew with a database that was put back", async () => {
    const after = await cursorNow();
    await prepared();
    pass(2 * hour);
    expect((await readFeed(as("rita", "reviewer"), { after })).notifications).toEqual([]);
    expect(await readFeed(as("rita", "reviewer"), { after: "9000000000000000000" })).toMatchObject({
      notifications: [],
      cursor: expect.stringMatching(/^\d{1,18}$/),
    });
    expect(await forgetOldNotifications({ db, now })).toBe(0);
    pass(15 * 24 * hour);
    expect(await forgetOldNotifications({ db, now })).toBe(1);
  });
});
