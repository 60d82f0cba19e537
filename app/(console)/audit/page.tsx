import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { Suspense } from "react";
import { can } from "#lib/auth/permissions.ts";
import { AuditScreen } from "../../../components/audit/audit-screen.tsx";
import { MayNotRead } from "../../../components/audit/may-not-read.tsx";
import { demandPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "Audit trail" };

export default async function Audit() {
  const person = await demandPerson();
  if (!can(person.role, "audit.read")) return <MayNotRead />;
  return (
    <Suspense>
      <NuqsAdapter>
        <AuditScreen />
      </NuqsAdapter>
    </Suspense>
  );
}
