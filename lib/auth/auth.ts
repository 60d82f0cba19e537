import { inspect } from "node:util";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api";
import type { Db } from "../db/client.ts";
import { messageOf } from "../errors.ts";
import { ownOrigins } from "../http/origin.ts";
import { log } from "../log.ts";
import { passwordLength } from "../people/person-schemas.ts";
import { deviceOfPerson, knownDeviceCookie, knownDeviceSeconds, newDevice } from "./attempts/known-device.ts";
import { beginSignIn, succeedSignIn } from "./attempts/sign-in-attempt.ts";
import { auditSessions } from "./audit-sessions.ts";
import { clientHeader } from "./client-header.ts";
import { admission } from "./oidc/admission.ts";
import { oidcPlugin } from "./oidc/oidc-plugin.ts";
import type { OidcSettings } from "./oidc/oidc-settings.ts";
import type { PersonRole } from "./permissions.ts";
import { sessionRules, tooManySessions } from "./session-rules.ts";
import { shareTransactions } from "./share-transactions.ts";

const day = 24 * 60 * 60;

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
  /** Null: nobody signs in by a provider. */
  oidc?: OidcSettings | null;
  /** Whether it speaks with the provider: asking that one what it is may take long, or fail, and must not keep those who need it not. */
  speaksOidc?: boolean;
  /** False: with a password, administrators alone. */
  passwords?: boolean;
}

/** Sign-in by e-mail and password, and by an OpenID provider. People are made by our own code (lib/people/), or as `admission` allows. */
export const createAuth = ({ db, secret, secure, publicUrl, oidc = null, speaksOidc = false, passwords = true }: AuthOptions) => {
  const { client, current } = shareTransactions(db);
  const admitted = admission(db, oidc, current);
  return betterAuth({
    appName: "Longshore",
    secret,
    database: prismaAdapter(client, { provider: "postgresql", transaction: true }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      revokeSessionsOnPasswordReset: true,
    },
    user: {
      additionalFields: {
        role: { type: ["viewer", "operator", "reviewer", "admin"] as [PersonRole, ...PersonRole[]], required: true, defaultValue: "viewer", input: false },
        disabledAt: { type: "date", required: false, input: false },
      },
      changeEmail: { enabled: false },
      deleteUser: { enabled: false },
      validateUserInfo: admitted.validateUserInfo,
    },
    session: { expiresIn: 7 * day, updateAge: day, additionalFields: { lastSeenAt: { type: "date", required: false, input: false } } },
    // A verified address is what links a provider's account to a person; their state travels in a cookie, so that strangers fill no table.
    account: { accountLinking: { enabled: true, trustedProviders: [] }, storeStateStrategy: "cookie" },
    databaseHooks: { user: admitted.userHooks, account: admitted.accountHooks, session: sessionRules(db, { passwords, oidcName: oidc?.name ?? null }) },
    plugins: [auditSessions(db), ...(oidc && speaksOidc ? [oidcPlugin(oidc)] : [])],
    // The console may be reached by any name: its own origin is the host that the browser asked for.
    trustedOrigins: (request) => (request ? ownOrigins(request.headers, publicUrl) : []),
    // What is counted over all consoles is in lib/auth/attempts/. This bounds what one of them is asked in a minute from one address.
    rateLimit: { enabled: true, window: 60, max: 600, customRules: { "/sign-in/email": false, "/sign-in/social": { window: 60, max: 120 } } },
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        if (ctx.path !== "/sign-in/email") return;
        const wait = await beginSignIn(db, await attemptOf(ctx), new Date());
        if (wait > 0)
          throw new APIError("TOO_MANY_REQUESTS", { code: "TOO_MANY_ATTEMPTS", message: `Too many wrong passwords. Wait ${wait} seconds and try again.` });
      }),
      after: createAuthMiddleware(async (ctx) => {
        if (ctx.path !== "/sign-in/email") return;
        const refusal = isAPIError(ctx.context.returned) ? ctx.context.returned : null;
        if (refusal && refusal.body?.code !== tooManySessions) return;
        const attempt = await attemptOf(ctx);
        await succeedSignIn(db, attempt);
        if (refusal) return;
        if (attempt.device === null) {
          const { name, attributes } = ctx.context.createAuthCookie(knownDeviceCookie, { maxAge: knownDeviceSeconds });
          await ctx.setSignedCookie(name, newDevice(attempt.email), ctx.context.secret, attributes);
        }
        // Without the session's token: it is for the cookie alone, which scripts cannot read.
        return { user: ctx.context.newSession?.user };
      }),
    },
    onAPIError: {
      errorURL: "/sign-in",
      // What was refused is in the answer, and counted; left to itself, the library writes it to the console as well.
      onError: (error) => {
        if (!isAPIError(error) || error.status === "INTERNAL_SERVER_ERROR") log.error({ err: error }, "sign-in failed");
      },
    },
    advanced: {
      cookiePrefix: "longshore",
      useSecureCookies: secure,
      ipAddress: { ipAddressHeaders: [clientHeader] },
      // Said outright, since the checks would otherwise be off while tests run.
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    telemetry: { enabled: false },
    // Its only warning here is that no base URL is set, which is how it is meant to be.
    logger: {
      level: "error",
      // As JSON, of bounded length and with the request's id: what strangers send is in its words.
      log: (level, message, ...details) => log[level === "error" ? "error" : "warn"]({ details: details.map(wordsOf) }, `sign-in: ${wordsOf(message)}`),
    },
  });
};

/** Of what the library says: text, an error, or what a provider has answered. */
const wordsOf = (said: unknown): string =>
  (typeof said === "string" ? said : said instanceof Error ? messageOf(said) : inspect(said, { depth: 1, breakLength: Infinity })).slice(0, 500);

type HookContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

async function attemptOf(ctx: HookContext) {
  const email = emailOf(ctx.body);
  const { name } = ctx.context.createAuthCookie(knownDeviceCookie);
  const cookie = await ctx.getSignedCookie(name, ctx.context.secret);
  return { email, address: ctx.headers?.get(clientHeader) ?? null, device: deviceOfPerson(cookie, email) };
}

export type Auth = ReturnType<typeof createAuth>;
