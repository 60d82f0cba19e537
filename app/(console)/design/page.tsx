import type { Metadata } from "next";
import { PrimitivesScreen } from "../../../components/design/primitives-screen.tsx";
import { demandPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "Primitives" };

export default async function DesignPage() {
  await demandPerson();
  return <PrimitivesScreen />;
}
