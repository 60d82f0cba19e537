import { randomUUID } from "node:crypto";
import { APIError } from "better-auth/api";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { PersonRole } from "../permissions.ts";
import { sourceOfSignIn } from "../source-of-sign-in.ts";
import type { OidcSettings } from "./oidc-settings.ts";

interface Candidate {
  id?: string | undefined;
  email?: string | null | undefined;
  emailVerified?: boolean | undefined;
  name?: string | null | undefined;
}

/** Nobody makes people through better-auth except by a provider. */
interface Source {
  action: string;
  method: string;
}

type HookContext = { headers?: Headers | undefined } | null;

/**
 * Whom a provider may bring in. A person is linked by an address that the provider has verified; who is new has been invited, or comes where the
 * settings name a role for whoever comes. The errors are what the sign-in page has words for.
 * @param current the transaction in which better-auth makes a person and links them; nobody else is linked in one
 */
export const admission = (db: Db, settings: OidcSettings | null, current: () => Tx | undefined) => ({
  async validateUserInfo({ user, source }: { user: Candidate; source: Source }): Promise<{ error: string } | undefined> {
    if (settings === null || source.method !== "oauth") return { error: "not_invited" };
    if (source.action !== "create-user") {
      const known = await db.user.findUnique({ where: { id: user.id ?? "" }, select: { disabledAt: true } });
      return known?.disabledAt ? { error: "person_disabled" } : undefined;
    }
    if (user.emailVerified !== true) return { error: "email_not_verified" };
    return settings.role !== null || (await pendingInvitation(db, user.email)) ? undefined : { error: "not_invited" };
  },
  userHooks: {
    create: {
      // What better-auth calls "after" comes after its transaction: somebody would be there whose coming may never be written down.
      async before(user: Candidate, context: HookContext) {
        const tx = current();
        if (!tx) throw new Error("better-auth calls this hook outside of a transaction, where what it writes could stay alone.");
        const invitation = await takeUpInvitation(tx, user.email);
        const role: PersonRole | null = invitation?.role ?? settings?.role ?? null;
        // It was withdrawn since validateUserInfo saw it.
        if (role === null) throw new APIError("FORBIDDEN", { code: "not_invited", message: "You are not invited any more. Ask an administrator." });
        const [id, email, name] = [randomUUID(), user.email ?? "", invitation?.name ?? nameOf(user)];
        const now = () => new Date();
        await recordAudit(
          tx,
          { caller: { userId: id, name: email, role }, source: sourceOfSignIn(context?.headers), now },
          {
            action: "person.join",
            target: { type: "person", id, name: email },
            after: { email, name, role },
            detail: `By ${settings?.name ?? "the provider"}`,
          },
        );
        return { data: { id, role, name } };
      },
    },
  },
  // Longshore asks the provider for nothing afterwards, and keeps no key to do so.
  accountHooks: {
    create: {
      async before({ userId }: { userId: string }, context: HookContext) {
        // Written before it is done: what is not linked after all leaves an entry too many, never one too few.
        if (!current()) {
          const known = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, role: true } });
          const caller = { userId, name: known.email, role: known.role };
          const target = { type: "person", id: userId, name: known.email } as const;
          const ctx = { caller, source: sourceOfSignIn(context?.headers), now: () => new Date() };
          await recordAudit(db, ctx, { action: "person.link", target, detail: `${settings?.name ?? "The provider"} has verified their address` });
        }
        return { data: noTokens };
      },
    },
    update: { before: async () => ({ data: noTokens }) },
  },
});

const noTokens = { accessToken: null, refreshToken: null, idToken: null, accessTokenExpiresAt: null, refreshTokenExpiresAt: null };

const pendingInvitation = (db: Pick<Db, "invitation">, email: string | null | undefined) =>
  db.invitation.findFirst({ where: { email: (email ?? "").toLowerCase(), acceptedAt: null, withdrawnAt: null, expiresAt: { gt: new Date() } } });

/** @returns null where there is none, or where it was withdrawn or taken up in this very moment */
async function takeUpInvitation(tx: Tx, email: string | null | undefined) {
  const pending = await pendingInvitation(tx, email);
  if (!pending) return null;
  const { count } = await tx.invitation.updateMany({ where: { id: pending.id, withdrawnAt: null, acceptedAt: null }, data: { acceptedAt: new Date() } });
  return count === 0 ? null : pending;
}

const nameOf = ({ name, email }: Candidate): string => (name ?? "").trim().slice(0, 100) || (email ?? "").split("@")[0] || "Somebody";
