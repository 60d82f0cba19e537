import type { Caller } from "../jobs/context.ts";
import type { Auth } from "./auth.ts";

/** The session that the request's cookie names, with its person; null when there is none, it has ended, or the person is disabled. */
export async function sessionOf(auth: Auth, headers: Headers) {
  const found = await auth.api.getSession({ headers });
  // A session that began in the moment in which its person was disabled is none.
  return found && !found.user.disabledAt ? found : null;
}

/** The person whose session the request's cookie names; null when there is none, or it has ended. */
export async function callerOf(auth: Auth, headers: Headers): Promise<Caller | null> {
  const found = await sessionOf(auth, headers);
  if (!found) return null;
  const { user, session } = found;
  return { userId: user.id, name: user.email, role: user.role, session: { id: session.id, lastSeenAt: session.lastSeenAt ?? null } };
}
