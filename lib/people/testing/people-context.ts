import { randomUUID } from "node:crypto";
import { createPerson } from "../../auth/create-person.ts";
import type { PersonRole } from "../../auth/permissions.ts";
import type { Db } from "../../db/client.ts";
import type { Context } from "../../jobs/context.ts";
import type { Delivery } from "../deliver-link.ts";

export const password = "a password of theirs";

/** A new person, as the caller of verbs. */
export async function newPerson(db: Db, now: () => Date, role: PersonRole): Promise<Context & { caller: { userId: string; name: string } }> {
  const email = `${role}-${randomUUID().slice(0, 8)}@example.com`;
  const { userId } = await createPerson(db, { email, password, name: `A ${role}`, role });
  return { db, boss: undefined as never, caller: { userId, name: email, role }, accountId: "123456789012", now };
}

/** A session of a person, as better-auth writes them. */
export async function newSession(db: Db, userId: string, now: Date): Promise<string> {
  const id = randomUUID();
  await db.session.create({ data: { id, token: randomUUID(), userId, createdAt: now, expiresAt: new Date(now.getTime() + 86_400_000) } });
  return id;
}

export const delivery: Delivery = { origin: "https://console.test", mailer: null };

export const tokenOf = (link: { url: string }): string => link.url.slice(link.url.lastIndexOf("/") + 1);
