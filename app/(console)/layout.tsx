import type { ReactNode } from "react";
import { BrowserNotifier } from "../../components/notifications/notifier-loader.tsx";
import { AppShell } from "../../components/shell/app-shell.tsx";
import { Shortcuts } from "../../components/shortcuts/shortcuts.tsx";
import { RoleProvider } from "../../components/use-can.tsx";
import { demandPerson } from "../server/session.ts";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const person = await demandPerson();
  return (
    <RoleProvider role={person.role}>
      <BrowserNotifier />
      <AppShell person={person}>{children}</AppShell>
      <Shortcuts />
    </RoleProvider>
  );
}
