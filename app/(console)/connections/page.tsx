import type { Metadata } from "next";
import { can } from "#lib/auth/permissions.ts";
import { ConnectionList } from "../../../components/connections/connection-list.tsx";
import { currentPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "Connections" };

export default async function Connections() {
  const person = await currentPerson();
  return <ConnectionList canWrite={person !== null && can(person.role, "connection.write")} />;
}
