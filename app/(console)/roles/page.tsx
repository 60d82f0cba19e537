import type { Metadata } from "next";
import { can } from "#lib/auth/permissions.ts";
import { env } from "#lib/env.ts";
import { RoleList } from "../../../components/roles/role-list.tsx";
import { demandPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "Execution roles" };

export default async function Roles() {
  const person = await demandPerson();
  return <RoleList canWrite={can(person.role, "connection.write")} accountId={env().LONGSHORE_ACCOUNT_ID} />;
}
