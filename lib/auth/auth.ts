import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api";
import type { Db } from "../db/client.ts";
import { ownOrigins } from "../http/origin.ts";
import { FailureLimit } from "./failure-limit.ts";
import type { PersonRole } from "./permissions.ts";

const day = 24 * 60 * 60;

/** Guesses at one person's password, from wherever they come. */
const guesses = new FailureLimit(10, 5 * 60_000);

const emailOf = (body: unknown): string => {
  const email = typeof body === "object" && body !== null && "email" in body ? body.email : "";
  return typeof email === "string" ? email.trim().toLowerCase().slice(0, 320) : "";
};

export interface AuthOptions {
  db: Db;
  secret: string;
  /** Cookies for https only. */
  secure: boolean;
  /** Where people reach the console when a proxy stands in front of it. */
  publicUrl?: string | undefined;
}

/** Sign-in by e-mail and password. People are made by our own code (see create-person.ts), never through HTTP. */
export const createAuth = ({ db, secret, secure, publicUrl }: AuthOptions) =>
  betterAuth({
    appName: "Longshore",
    secret,
    database: prismaAdapter(db, { provider: "postgresql", transaction: true }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128, revokeSessionsOnPasswordReset: true },
    user: {
      additionalFields: {
        role: { type: ["viewer", "operator", "reviewer", "admin"] as [PersonRole, ...PersonRole[]], required: true, defaultValue: "viewer", input: false },
      },
      changeEmail: { enabled: false },
      deleteUser: { enabled: false },
    },
    session: { expiresIn: 7 * day, updateAge: day },
    // The console may be reached by any name: its own origin is the host that the browser asked for.
    trustedOrigins: (request) => (request ? ownOrigins(request.headers, publicUrl) : []),
    rateLimit: { enabled: true, window: 60, max: 600, customRules: { "/sign-in/email": { window: 60, max: 60 } } },
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        if (ctx.path !== "/sign-in/email") return;
        const wait = guesses.wait(emailOf(ctx.body), Date.now());
        if (wait > 0)
          throw new APIError("TOO_MANY_REQUESTS", { code: "TOO_MANY_ATTEMPTS", message: `Too many wrong passwords. Wait ${wait} seconds and try again.` });
        // Counted before it is known to be wrong: many guesses at once must not all find the count at zero.
        guesses.fail(emailOf(ctx.body), Date.now());
      }),
      after: createAuthMiddleware(async (ctx) => {
        if (ctx.path !== "/sign-in/email") return;
        if (!isAPIError(ctx.context.returned)) guesses.succeed(emailOf(ctx.body));
      }),
    },
    // Said outright, since the checks would otherwise be off while tests run.
    advanced: { cookiePrefix: "longshore", useSecureCookies: secure, disableOriginCheck: false, disableCSRFCheck: false },
    telemetry: { enabled: false },
    // Its only warning here is that no base URL is set, which is how it is meant to be.
    logger: { level: "error" },
  });

export type Auth = ReturnType<typeof createAuth>;
