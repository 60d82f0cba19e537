import { APIError } from "better-auth/api";
import type { Db } from "../db/client.ts";

/**
 * Whom better-auth gives no session, whatever they have proved: who is disabled, and, where passwords are off, everybody but administrators who
 * comes with one. They alone may, so that a provider that is away or set wrongly locks nobody out for good.
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
    },
  },
});
