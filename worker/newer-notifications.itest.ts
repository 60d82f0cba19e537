import { expect, test } from "vitest";
import { addressNext } from "#lib/notifications/address-next.ts";
import { deliverNext } from "#lib/notifications/deliver-next.ts";
import { readFeed } from "#lib/notifications/read-feed.ts";
import { untilSettled } from "#lib/notifications/testing/until-settled.ts";
import { createWebhook } from "#lib/notifications/webhooks.ts";
import { address, as, calls, db, deliver, mails, now, pass, prepared, root, tellAll, tools, url, wantMail } from "./testing/notification-world.ts";

/** As workers and consoles of a newer version leave the database to those that have not been replaced yet. */
test("what a newer version tells of is left to it, and keeps nothing back", async () => {
  await db.$executeRaw`ALTER TYPE "NotificationEvent" ADD VALUE 'archived'`;
  await wantMail("rita", "reviewer", "all");
  await createWebhook(root(), { url, events: ["awaiting"] });
  await db.$executeRaw`UPDATE "Webhook" SET events = events || 'archived'::"NotificationEvent"`;
  const { cursor } = await readFeed(as("rita", "reviewer"), {});

  // One that nobody was addressed for yet, and one that newer workers have addressed: both before all others.
  const [unaddressed, addressed] = [await prepared("not addressed"), await prepared("addressed")];
  await address();
  await db.notificationDelivery.deleteMany({ where: { notification: { jobId: unaddressed } } });
  await db.$executeRaw`UPDATE "Notification" SET event = 'archived'`;
  await db.$executeRaw`UPDATE "Notification" SET "addressedAt" = NULL WHERE "jobId" = ${unaddressed}::uuid`;
  const newer = () => db.$queryRaw`SELECT n.*, d.* FROM "Notification" n LEFT JOIN "NotificationDelivery" d ON d."notificationId" = n.id
    WHERE n.event::text = 'archived' ORDER BY n.id, d.id`;
  const before = await newer();
  expect(before).toHaveLength(3);

  pass(1_000);
  const jobId = await prepared("of this version");
  await tellAll();
  expect(calls.map(({ body }) => JSON.parse(body).data.job.id)).toEqual([jobId]);
  expect(mails).toHaveLength(1);
  expect(await newer()).toEqual(before);
  await untilSettled(db);
  expect((await readFeed(as("rita", "reviewer"), { after: cursor })).notifications).toMatchObject([{ href: expect.stringContaining(jobId) }]);
  // A lane that found nothing to do sleeps.
  expect([await addressNext({ db, now, mail: true }), await deliverNext(tools())]).toEqual([false, null]);

  // The newer worker, as this one would be if it knew the event.
  await db.$executeRaw`UPDATE "Notification" SET event = 'finished' WHERE event::text = 'archived'`;
  await deliver();
  expect(calls.map(({ body }) => JSON.parse(body).data.job.id)).toEqual([jobId, addressed]);
});
