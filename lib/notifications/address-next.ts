import { can } from "../auth/permissions.ts";
import { barredAmong } from "../confirmation/not-barred.ts";
import { readRules } from "../confirmation/read-rules.ts";
import type { Db, Tx } from "../db/client.ts";
import type { NotificationChoice, User } from "../db/generated/client.ts";
import { readChoices, wants } from "./choices.ts";
import { notificationEvents } from "./notification-events.ts";

interface Addressing {
  db: Db;
  now: () => Date;
  /** Whether there is a mail server: without one, no mail is owed to anybody. */
  mail: boolean;
}

/**
 * Writes down who is owed the next notification, once: the mark and the deliveries are of one transaction. One of an event that only newer
 * workers know is left to them.
 * @returns whether there was one
 */
export async function addressNext({ db, now, mail }: Addressing): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const [next] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM "Notification" WHERE "addressedAt" IS NULL AND event::text = ANY(${notificationEvents}) ORDER BY at LIMIT 1 FOR UPDATE SKIP LOCKED`;
    if (!next) return false;
    const { id: notificationId, event, ownerId, jobId } = await tx.notification.findUniqueOrThrow({ where: { id: next.id } });
    const webhooks = await tx.webhook.findMany({ where: { enabled: true, events: { has: event } }, select: { id: true } });
    const people = mail ? await tx.user.findMany({ where: { disabledAt: null }, include: { notifications: true } }) : [];
    const wanting = people.filter((person) => wantsMail(person, event, ownerId));
    const told = event === "awaiting" ? await withoutBarred(tx, wanting, jobId) : wanting;
    const common = { notificationId, createdAt: now(), dueAt: now() };
    await tx.notificationDelivery.createMany({
      data: [...webhooks.map(({ id }) => ({ ...common, webhookId: id })), ...told.map(({ id }) => ({ ...common, userId: id }))],
      skipDuplicates: true,
    });
    await tx.notification.update({ where: { id: notificationId }, data: { addressedAt: now() } });
    return true;
  });
}

/** Nobody is called to a confirmation that the policy keeps from them, or that they have given. */
async function withoutBarred(tx: Tx, people: readonly Person[], jobId: string): Promise<Person[]> {
  const rules = await readRules(tx);
  const able: Person[] = [];
  for (const person of people) {
    if (!can(person.role, "job.confirm") || !(await barredAmong(tx, [jobId], rules, person.id)).has(jobId)) able.push(person);
  }
  return able;
}

type Person = User & { notifications: NotificationChoice | null };
const wantsMail = ({ id, role, notifications }: Person, event: Parameters<typeof wants>[1], ownerId: string | null): boolean =>
  wants(readChoices(notifications, role).email, event, id === ownerId);
