import { z } from "zod";
import { can, demand } from "../auth/permissions.ts";
import { barredAmong } from "../confirmation/not-barred.ts";
import { readRules } from "../confirmation/read-rules.ts";
import type { Context } from "../jobs/context.ts";
import { readChoices, wants } from "./choices.ts";
import { notificationEvents } from "./notification-events.ts";
import type { NotificationFeed, NotifiedJob } from "./notification-views.ts";
import { bodyOf, hrefOf, titleOf } from "./words.ts";

export const feedSchema = z.object({
  /** Of the answer before; without one, only where to begin is told. */
  after: z
    .string()
    .regex(/^\d{1,19}$/)
    .optional(),
});

/** Of one answer: a person who was away is not told of everything at once. */
const most = 10;
/** What happened before is no news. */
const newsMs = 3600 * 1000;

/**
 * What has happened since the cursor that this person's browser is to tell, oldest first. The cursor is a transaction: all that came before
 * it has been committed or never will be, so nothing that is committed late is missed.
 * @throws AppError Forbidden; ZodError
 */
export async function readFeed(ctx: Context, query: z.input<typeof feedSchema>): Promise<NotificationFeed> {
  demand(ctx, "notification.own");
  const { after } = feedSchema.parse(query);
  const [row] = await ctx.db.$queryRaw<{ settled: bigint }[]>`SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS settled`;
  const settled = row?.settled ?? 0n;
  const since = after === undefined ? settled : BigInt(after);
  // A cursor from the future is of a database that was put back from a copy.
  if (since >= settled) return { notifications: [], cursor: String(settled) };
  const [found, stored] = await Promise.all([
    ctx.db.notification.findMany({
      where: {
        txid: { gte: since, lt: settled },
        // One that only newer consoles know cannot be told here.
        event: { in: [...notificationEvents] },
        at: { gte: new Date(ctx.now().getTime() - newsMs) },
        job: { accountId: ctx.accountId },
      },
      orderBy: { txid: "desc" },
      take: 100,
    }),
    ctx.db.notificationChoice.findUnique({ where: { userId: ctx.caller.userId ?? "" } }),
  ]);
  const { browser } = readChoices(stored, ctx.caller.role);
  const told = found.filter(({ event, ownerId }) => wants(browser, event, ownerId !== null && ownerId === ctx.caller.userId));
  const awaiting = can(ctx.caller.role, "job.confirm") ? told.filter(({ event }) => event === "awaiting").map(({ jobId }) => jobId) : [];
  // Nobody is called to a confirmation that the policy keeps from them, or that they have given.
  const barred = await barredAmong(ctx.db, awaiting, await readRules(ctx.db), ctx.caller.userId);
  const wanted = told.filter(({ event, jobId }) => event !== "awaiting" || !barred.has(jobId)).slice(0, most);
  return {
    cursor: String(settled),
    notifications: wanted.reverse().map(({ id, event, at, jobId, subject }) => {
      const job = subject as unknown as NotifiedJob;
      return { id, event, at: at.toISOString(), title: titleOf(event, job), body: bodyOf(event, job), href: hrefOf(event, jobId) };
    }),
  };
}
