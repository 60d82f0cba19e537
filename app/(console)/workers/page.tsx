import type { Metadata } from "next";
import { WorkersScreen } from "../../../components/workers/workers-screen.tsx";
import { demandPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "Workers" };

export default async function Workers() {
  await demandPerson();
  return <WorkersScreen />;
}
