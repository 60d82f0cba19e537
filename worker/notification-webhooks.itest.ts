import { describe, expect, test } from "vitest";
import { createBoss } from "#lib/db/boss.ts";
import { log } from "#lib/log.ts";
import { addressNext } from "#lib/notifications/address-next.ts";
import { deliverNext, leaseMs } from "#lib/notifications/deliver-next.ts";
import { testWebhook } from "#lib/notifications/test-webhook.ts";
import { maxWebhooks } from "#lib/notifications/webhook-schemas.ts";
import { createWebhook, deleteWebhook, listWebhooks, updateWebhook } from "#lib/notifications/webhooks.ts";
import { crashAt } from "./testing/crash.ts";
import {
  address,
  answerWith,
  as,
  type Call,
  calls,
  database,
  db,
  deliver,
  hour,
  http,
  now,
  pass,
  prepared,
  root,
  secret,
  tellAll,
  tools,
  url,
  verify,
} from "./testing/notification-world.ts";

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
    answerWith(status);
    await prepared();
    await prepared();
    await tellAll();
    // One attempt says that it is away: the other message waits as well.
    expect(calls).toHaveLength(1);
    expect((await listWebhooks(root()))[0]).toMatchObject({ waiting: 2, last: { delivered: false, failure, givenUp: false } });
    pass(4_999);
    expect(await deliverNext(tools())).toBeNull();
    answerWith(204);
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
    answerWith(401);
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
    expect(await db.notificationDelivery.findMany()).toMatchObject([{ attempts: 2, failure: null, dueAt: null, deliveredAt: now() }]);
  });
});
