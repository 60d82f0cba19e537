import type { Metadata } from "next";
import { HomeScreen } from "../../components/home/home-screen.tsx";
import { demandPerson } from "../server/session.ts";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  await demandPerson();
  return <HomeScreen />;
}
