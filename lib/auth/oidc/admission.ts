import { recordAudit } from "../../audit/record-audit.ts";
import type { Db } from "../../db/client.ts";
import { clientHeader } from "../client-header.ts";
import type { PersonRole } from "../permissions.ts";
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
 */
export const admission = (db: Db, settings: OidcSettings | null) => ({
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
      async before(user: Candidate) {
        const invitation = await pendingInvitation(db, user.email);
        const role: PersonRole = invitation?.role ?? settings?.role ?? "viewer";
        return { data: { role, name: invitation?.name ?? nameOf(user) } };
      },
      // A person is there once this runs: an invitation that was not marked is void by that alone.
      async after({ id, email, name, role }: Candidate & { id: string; role?: unknown }, context: HookContext): Promise<void> {
        const caller = { userId: id, name: email ?? "", role: role as PersonRole };
        const headers = context?.headers;
        const source = {
          via: "console",
          ip: headers?.get(clientHeader) ?? null,
          userAgent: headers?.get("user-agent") ?? null,
          accessKeyId: null,
          requestId: null,
        } as const;
        await db.$transaction(async (tx) => {
          const invitation = await pendingInvitation(tx, email);
          if (invitation) await tx.invitation.update({ where: { id: invitation.id }, data: { acceptedAt: new Date() } });
          const target = { type: "person", id, name: email ?? null } as const;
          const detail = `By ${settings?.name ?? "the provider"}`;
          await recordAudit(tx, { caller, source, now: () => new Date() }, { action: "person.join", target, after: { email, name, role }, detail });
        });
      },
    },
  },
  // Longshore asks the provider for nothing afterwards, and keeps no key to do so.
  accountHooks: {
    create: { before: async () => ({ data: noTokens }) },
    update: { before: async () => ({ data: noTokens }) },
  },
});

const noTokens = { accessToken: null, refreshToken: null, idToken: null, accessTokenExpiresAt: null, refreshTokenExpiresAt: null };

const pendingInvitation = (db: Pick<Db, "invitation">, email: string | null | undefined) =>
  db.invitation.findFirst({ where: { email: (email ?? "").toLowerCase(), acceptedAt: null, withdrawnAt: null, expiresAt: { gt: new Date() } } });

const nameOf = ({ name, email }: Candidate): string => (name ?? "").trim().slice(0, 100) || (email ?? "").split("@")[0] || "Somebody";
