import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { sessionOf } from "#lib/auth/caller.ts";
import type { PersonRole } from "#lib/auth/permissions.ts";
import { env } from "#lib/env.ts";
import { isSecure } from "#lib/http/origin.ts";
import { runtime } from "#lib/http/runtime.ts";

export interface Person {
  name: string;
  email: string;
  role: PersonRole;
}

/**
 * Who is signed in; anybody else is led to the sign-in and back. Every page asks by itself: a browser may say that it holds
 * the layout already, which is then not run.
 */
export async function demandPerson(): Promise<Person> {
  const person = await currentPerson();
  if (person) return person;
  const wanted = (await headers()).get("x-wanted-path");
  redirect(wanted ? `/sign-in?next=${encodeURIComponent(wanted)}` : "/sign-in");
}

/** Who is signed in, for layouts and pages; asked once per request. */
export const currentPerson = cache(async (): Promise<Person | null> => {
  const requestHeaders = await headers();
  const session = await sessionOf(runtime().auth(isSecure(requestHeaders, env().LONGSHORE_URL)), requestHeaders);
  return session ? { name: session.user.name, email: session.user.email, role: session.user.role } : null;
});
