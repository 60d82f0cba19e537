import { describe, expect, test } from "vitest";
import { lockJob, moveJob } from "#lib/jobs/move-job.ts";
import { sendBackJob } from "#lib/jobs/send-back-job.ts";
import { addressNext } from "#lib/notifications/address-next.ts";
import { usualChoices } from "#lib/notifications/choices.ts";
import { deliverNext } from "#lib/notifications/deliver-next.ts";
import { forgetOldNotifications } from "#lib/notifications/forget-old.ts";
import { createMailer } from "#lib/notifications/mailer.ts";
import { readNotificationSettings, updateNotificationSettings } from "#lib/notifications/notification-settings.ts";
import { readFeed } from "#lib/notifications/read-feed.ts";
import { sendTestMail } from "#lib/notifications/send-test-mail.ts";
import { untilSettled } from "#lib/notifications/testing/until-settled.ts";
import { address, as, db, deliver, hour, mailer, mails, makeJob, move, now, pass, prepared, tellAll, tools, wantMail } from "./testing/notification-world.ts";

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
  const cursorNow = async () => {
    await untilSettled(db);
    return (await readFeed(as("rita", "reviewer"), {})).cursor;
  };

  test("begins where one is, and tells each person what they chose, once", async () => {
    await prepared("before");
    const after = await cursorNow();
    const jobId = await prepared("<b>now</b>");
    await untilSettled(db);
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
    await untilSettled(db);
    const second = await readFeed(as("rita", "reviewer"), { after: first.cursor });
    const told = [...first.notifications, ...second.notifications].map(({ title }) => title);
    expect(told.sort()).toEqual(["Awaiting confirmation: early", "Awaiting confirmation: late"]);
  });

  test("has no old news, and begins anew with a database that was put back", async () => {
    const after = await cursorNow();
    await prepared();
    await untilSettled(db);
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
