import type { Metadata } from "next";
import { can } from "#lib/auth/permissions.ts";
import { PolicyScreen } from "../../../components/confirmation-policy/policy-screen.tsx";
import { demandPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "Confirmation policy" };

export default async function Policy() {
  const person = await demandPerson();
  return <PolicyScreen canWrite={can(person.role, "policy.write")} />;
}
