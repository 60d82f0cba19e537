import type { ReactNode } from "react";
import { AppShell } from "../../components/shell/app-shell.tsx";
import { RoleProvider } from "../../components/use-can.tsx";
import { demandPerson } from "../server/session.ts";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const person = await demandPerson();
  return (
    <RoleProvider role={person.role}>
      <AppShell person={person}>{children}</AppShell>
    </RoleProvider>
  );
}
