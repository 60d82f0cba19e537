import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { AppShell } from "../../components/shell/app-shell.tsx";
import { RoleProvider } from "../../components/use-can.tsx";
import { currentPerson } from "../server/session.ts";

/** Everything of the console is behind the sign-in; the API asks for the session by itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const person = await currentPerson();
  if (!person) {
    const wanted = (await headers()).get("x-wanted-path");
    redirect(wanted ? `/sign-in?next=${encodeURIComponent(wanted)}` : "/sign-in");
  }
  return (
    <AppShell person={person}>
      <RoleProvider role={person.role}>{children}</RoleProvider>
    </AppShell>
  );
}
