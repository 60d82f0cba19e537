import type { PersonRole } from "../auth/permissions.ts";
import type { Db } from "../db/client.ts";
import { linkTokenHash } from "./link-token.ts";

/** Why a link does not work any more, or what it is for. */
export type OpenedInvitation =
  | { state: "wrong" | "used" | "withdrawn" | "expired" }
  | { state: "open"; id: string; email: string; name: string; role: PersonRole };

/** What a link of an invitation leads to; it changes nothing. */
export async function openInvitation(db: Pick<Db, "invitation" | "user">, token: string, now: Date): Promise<OpenedInvitation> {
  const tokenHash = linkTokenHash(token);
  const found = tokenHash && (await db.invitation.findUnique({ where: { tokenHash } }));
  if (!found) return { state: "wrong" };
  const { id, email, name, role, acceptedAt, withdrawnAt, expiresAt } = found;
  if (acceptedAt) return { state: "used" };
  if (withdrawnAt) return { state: "withdrawn" };
  // They came by the provider, and need no link any more.
  if ((await db.user.count({ where: { email } })) > 0) return { state: "used" };
  return expiresAt <= now ? { state: "expired" } : { state: "open", id, email, name, role };
}

export type OpenedPasswordReset = { state: "wrong" | "used" | "expired" } | { state: "open"; id: string; userId: string; email: string; name: string };

/** What a link for a new password leads to; it changes nothing. */
export async function openPasswordReset(db: Pick<Db, "passwordReset">, token: string, now: Date): Promise<OpenedPasswordReset> {
  const tokenHash = linkTokenHash(token);
  const found = tokenHash && (await db.passwordReset.findUnique({ where: { tokenHash }, include: { user: true } }));
  if (!found) return { state: "wrong" };
  const { id, usedAt, expiresAt, user } = found;
  if (usedAt) return { state: "used" };
  if (expiresAt <= now || user.disabledAt) return { state: "expired" };
  return { state: "open", id, userId: user.id, email: user.email, name: user.name };
}

/** What to do when a link does not work. */
export const linkWords = {
  invitation: {
    wrong: "This invitation is not known. Check that the whole link was copied, or ask for a new one.",
    used: "This invitation was accepted already. Sign in with the e-mail address it was for.",
    withdrawn: "This invitation was withdrawn. Ask an administrator for a new one.",
    expired: "This invitation has expired. Ask an administrator for a new link.",
  },
  reset: {
    wrong: "This link is not known: it was copied in part, or another one has taken its place. Ask an administrator for a new one.",
    used: "This link was used already. Sign in with the password that was chosen, or ask an administrator for a new link.",
    expired: "This link has expired. Ask an administrator for a new one.",
  },
} as const;
