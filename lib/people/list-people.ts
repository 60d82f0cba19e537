import { demand } from "../auth/permissions.ts";
import { env } from "../env.ts";
import type { Context } from "../jobs/context.ts";
import { methodsOf } from "./methods-of.ts";
import type { PeopleView } from "./person-views.ts";
import { toInvitationView } from "./to-invitation-view.ts";

/** How long an invitation that nobody took up is still shown, so that it can be made anew. */
const shownAfterExpiryMs = 30 * 24 * 60 * 60_000;

/** Everybody who has an account, by name, and who is invited. @throws AppError Forbidden */
export async function listPeople(ctx: Context): Promise<PeopleView> {
  demand(ctx, "person.read");
  const now = ctx.now();
  const [people, invitations] = await Promise.all([
    ctx.db.user.findMany({
      orderBy: [{ name: "asc" }, { email: "asc" }],
      include: {
        accounts: { select: { providerId: true } },
        _count: { select: { sessions: { where: { expiresAt: { gt: now } } } } },
        accessKeys: { where: { revokedAt: null }, select: { lastUsedAt: true } },
      },
    }),
    ctx.db.invitation.findMany({
      where: { acceptedAt: null, withdrawnAt: null, expiresAt: { gt: new Date(now.getTime() - shownAfterExpiryMs) } },
      orderBy: { createdAt: "desc" },
    }),
  ]);
  const known = new Set(people.map((person) => person.email));
  return {
    people: people.map(({ id, name, email, role, createdAt, lastSeenAt, disabledAt, accounts, _count, accessKeys }) => ({
      id,
      name,
      email,
      role,
      own: id === ctx.caller.userId,
      createdAt: createdAt.toISOString(),
      lastSeenAt: latest([lastSeenAt, ...accessKeys.map((key) => key.lastUsedAt)])?.toISOString() ?? null,
      disabledAt: disabledAt?.toISOString() ?? null,
      methods: methodsOf(accounts),
      sessions: _count.sessions,
      accessKeys: accessKeys.length,
    })),
    // Whoever came by the provider in the meantime is there already.
    invitations: invitations.filter((invitation) => !known.has(invitation.email)).map((invitation) => toInvitationView(invitation, now)),
    sendsMail: env().LONGSHORE_SMTP_URL !== undefined,
  };
}

const latest = (times: readonly (Date | null)[]): Date | null =>
  times.reduce<Date | null>((last, time) => (time !== null && (last === null || time > last) ? time : last), null);
