import type { Metadata } from "next";
import { NotificationsScreen } from "../../../components/notifications/notifications-screen.tsx";
import { demandPerson } from "../../server/session.ts";

export const metadata: Metadata = { title: "Notifications" };

export default async function NotificationsPage() {
  await demandPerson();
  return <NotificationsScreen />;
}
