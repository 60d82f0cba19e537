import { APIError } from "better-auth/api";
import type { Db } from "../db/client.ts";
import { limits, takeAttempt } from "./attempts/take-attempt.ts";

/** More than the browsers of anybody; of more, those end that were used the longest ago. */
export const maxSessions = 50;

/** Of who has proved who they are, and only does so too often: no wrong guess. */
export const tooManySessions = "TOO_MANY_SESSIONS";

/**
 * Whom better-auth gives no session, whatever they have proved: who is disabled, and, where passwords are off, everybody but administrators who
 * comes with one. They alone may, so that a provider that is away or set wrongly locks nobody out for good. Nor whoever signs in without end:
 * each time leaves an entry in the audit trail for good.
 */
export const sessionRules = (db: Db, { passwords, oidcName }: { passwords: boolean; oidcName: string | null }) => ({
  create: {
    before: async (session: { userId: string }, context?: { path?: string } | null): Promise<void> => {
      const person = await db.user.findUnique({ where: { id: session.userId }, select: { role: true, disabledAt: true } });
      if (!person || person.disabledAt)
        throw new APIError("FORBIDDEN", { code: "person_disabled", message: "Your account is disabled. Ask an administrator." });
      if (!passwords && context?.path === "/sign-in/email" && person.role !== "admin")
        throw new APIError("FORBIDDEN", {
          code: "passwords_off",
          message: `Passwords are for administrators only here. Continue with ${oidcName ?? "your provider"}.`,
        });
      const now = new Date();
      const wait = await takeAttempt(db, limits.session, [session.userId], now);
      if (wait > 0)
        throw new APIError("TOO_MANY_REQUESTS", { code: tooManySessions, message: `You have signed in too often. Wait ${wait} seconds and try again.` });
      await db.$executeRaw`
        DELETE FROM "Session" WHERE id IN (
          SELECT id FROM "Session" WHERE "userId" = ${session.userId}
          ORDER BY "expiresAt" > ${now} DESC, COALESCE("lastSeenAt", "createdAt") DESC OFFSET ${maxSessions - 1})`;
    },
  },
});
