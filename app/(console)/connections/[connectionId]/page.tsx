import type { Metadata } from "next";
import { can } from "#lib/auth/permissions.ts";
import { ConnectionScreen } from "../../../../components/connections/connection-screen.tsx";
import { demandPerson } from "../../../server/session.ts";

export const metadata: Metadata = { title: "Connection" };

export default async function Page({ params }: { params: Promise<{ connectionId: string }> }) {
  const person = await demandPerson();
  const { connectionId } = await params;
  return <ConnectionScreen connectionId={connectionId} canWrite={can(person.role, "connection.write")} />;
}
