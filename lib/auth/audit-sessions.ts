import { createAuthMiddleware, isAPIError } from "better-auth/api";
import { EntryBudget } from "../audit/entry-budget.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Db } from "../db/client.ts";
import { storableText } from "../db/storable-text.ts";
import type { Caller } from "../jobs/context.ts";
import type { PersonRole } from "./permissions.ts";
import { tooManySessions } from "./session-rules.ts";
import { sourceOfSignIn } from "./source-of-sign-in.ts";

type HookContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];
interface Someone {
  id: string | null;
  email: string;
}

/** A password, or the way back from a provider. */
const isSignIn = (path: string | undefined): boolean => path === "/sign-in/email" || path?.includes("/callback/") === true;

const failures = new EntryBudget();

/**
 * Has better-auth write sign-ins, failed ones and sign-outs into the audit trail. A session whose entry cannot be written is not handed out:
 * the answer, and with it the cookie, is an error then.
 */
export const auditSessions = (db: Db) => {
  /** Who is about to sign out: afterwards, nobody knows. */
  const leaving = new WeakMap<Request, Someone>();

  const write = async (
    ctx: HookContext,
    action: "session.sign-in" | "session.sign-in-failed" | "session.sign-out",
    { id, email }: Someone,
    detail?: string,
  ) => {
    const source = sourceOfSignIn(ctx.headers);
    const caller: Caller = { userId: action === "session.sign-in-failed" ? null : id, name: email, role: "viewer" satisfies PersonRole };
    await recordAudit(db, { caller, source, now: () => new Date() }, { action, target: { type: "person", id, name: email }, detail });
  };

  const writeFailure = async (ctx: HookContext) => {
    const problem = problemOf(ctx);
    if (problem === null) return;
    const { write: listed, unlisted } = failures.take(Date.now());
    if (!listed) return;
    const email = emailTried(ctx.body);
    const person = await db.user.findUnique({ where: { email }, select: { id: true } });
    const others = unlisted > 0 ? `${unlisted.toLocaleString("en")} more failed sign-ins before this one are not listed.` : null;
    await write(ctx, "session.sign-in-failed", { id: person?.id ?? null, email }, [problem, others].filter(Boolean).join(" "));
  };

  return {
    id: "audit",
    hooks: {
      before: [
        {
          matcher: ({ path }: { path?: string }) => path === "/sign-out",
          handler: createAuthMiddleware(async (ctx) => {
            const token = await ctx.getSignedCookie(ctx.context.authCookies.sessionToken.name, ctx.context.secret);
            const found = token ? await ctx.context.internalAdapter.findSession(token) : null;
            if (found && ctx.request) leaving.set(ctx.request, { id: found.user.id, email: found.user.email });
          }),
        },
      ],
      after: [
        {
          matcher: ({ path }: { path?: string }) => path === "/sign-out" || isSignIn(path),
          handler: createAuthMiddleware(async (ctx) => {
            if (ctx.path === "/sign-out") {
              const person = ctx.request && leaving.get(ctx.request);
              if (person) await write(ctx, "session.sign-out", person);
              return;
            }
            const begun = ctx.context.newSession;
            const how = ctx.path === "/sign-in/email" ? "By password" : "By a provider";
            if (begun) await write(ctx, "session.sign-in", { id: begun.user.id, email: begun.user.email }, how);
            else await writeFailure(ctx);
          }),
        },
      ],
    },
  };
};

/** Why there is no session, in words; null where it is no failure, such as on the way to a provider, or of somebody who only comes too often. */
function problemOf({ path, context: { returned } }: HookContext): string | null {
  if (!isAPIError(returned) || returned.body?.code === tooManySessions) return null;
  if (path === "/sign-in/email") return returned.body?.message ?? "The sign-in was refused";
  const location = new Headers(returned.headers as HeadersInit | undefined).get("location");
  const error = location === null ? null : new URL(location, "http://localhost").searchParams.get("error");
  return error === null || error === tooManySessions ? null : `By a provider: ${error.slice(0, 200)}`;
}

/** What does not look like an e-mail may be a password in the wrong field, and is not kept. */
function emailTried(body: unknown): string {
  const email = typeof body === "object" && body !== null && "email" in body && typeof body.email === "string" ? body.email.trim().toLowerCase() : "";
  return /^[^\s@]+@[^\s@]+$/.test(email) ? storableText(email, 320) : "(no e-mail address)";
}
