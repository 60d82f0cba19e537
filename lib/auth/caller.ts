import type { Caller } from "../jobs/context.ts";
import type { Auth } from "./auth.ts";

/** The person whose session the request's cookie names; null when there is none, or it has ended. */
export async function callerOf(auth: Auth, headers: Headers): Promise<Caller | null> {
  const session = await auth.api.getSession({ headers });
  if (!session) return null;
  return { userId: session.user.id, name: session.user.email, role: session.user.role };
}
