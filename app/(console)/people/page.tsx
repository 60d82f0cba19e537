import type { Metadata } from "next";
import { can } from "#lib/auth/permissions.ts";
import { AdminsOnly } from "../../../components/people/admins-only.tsx";
import { PeopleScreen } from "../../../components/people/people-screen.tsx";
import { demandPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "People" };

export default async function People() {
  const person = await demandPerson();
  return can(person.role, "person.read") ? <PeopleScreen /> : <AdminsOnly title="People" />;
}
