import type { Metadata } from "next";
import { can } from "#lib/auth/permissions.ts";
import { ConnectionList } from "../../../components/connections/connection-list.tsx";
import { demandPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "Connections" };

export default async function Connections() {
  const person = await demandPerson();
  return <ConnectionList canWrite={can(person.role, "connection.write")} />;
}
