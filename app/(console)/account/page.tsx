import type { Metadata } from "next";
import { AccountScreen } from "../../../components/account/account-screen.tsx";
import { demandPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "Your account" };

export default async function Account() {
  await demandPerson();
  return <AccountScreen />;
}
