import type { Db } from "../db/client.ts";
import type { JobEvent } from "../db/generated/client.ts";
import { conversationTypes, maxComments } from "./conversation-limits.ts";
import type { JobEventView } from "./job-views.ts";

/** The newest things that people said about a job, last first: other events, however many, push none of them out of sight. */
export const conversationOf = (db: Db, jobId: string) =>
  db.jobEvent.findMany({ where: { jobId, type: { in: [...conversationTypes] } }, orderBy: { id: "desc" }, take: 2 * maxComments });

/** Both as one timeline, the oldest first. */
export const withConversation = (newest: readonly JobEvent[], conversation: readonly JobEvent[]): JobEvent[] =>
  [...new Map([...conversation, ...newest].map((event) => [event.id, event])).values()].sort((a, b) => Number(a.id - b.id));

/** The names of those who did something, by their e-mail. */
export async function namesOf(db: Db, actors: readonly string[]): Promise<Map<string, string>> {
  const people = await db.user.findMany({ where: { email: { in: [...new Set(actors)] } }, select: { email: true, name: true } });
  return new Map(people.map(({ email, name }) => [email, name]));
}

export const eventView = (event: JobEvent, names: ReadonlyMap<string, string>): JobEventView => ({
  id: String(event.id),
  at: event.at.toISOString(),
  actor: event.actor,
  actorName: names.get(event.actor) ?? null,
  type: event.type,
  from: event.from,
  to: event.to,
  detail: event.detail,
});
