"use client";
import { useQuery } from "@tanstack/react-query";
import type { NotificationSettings } from "#lib/notifications/notification-views.ts";
import { api } from "../api-client.ts";
import { LoadFailed } from "../load-failed.tsx";
import { Card } from "../ui/card.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useCan } from "../use-can.tsx";
import { ChoicesCard } from "./choices-card.tsx";
import { WebhooksCard } from "./webhooks-card.tsx";

/** What a person wants to be told, and how; for administrators, what the installation tells others. */
export function NotificationsScreen() {
  const settings = useQuery({
    queryKey: ["notification-settings"],
    queryFn: ({ signal }) => api<NotificationSettings>("/api/notifications/settings", { signal }),
  });
  const mayHook = useCan("notification.webhook");
  return (
    <>
      <PageHeader title="Notifications" description="What you want to be told about jobs, and how." />
      <div className="flex flex-col gap-5">
        {settings.data ? (
          <ChoicesCard settings={settings.data} />
        ) : settings.error ? (
          <LoadFailed noun="notification settings" query={settings} />
        ) : (
          <Card aria-busy="true" aria-label="Loading the notification settings" className="flex h-133 flex-col gap-4 p-5 max-sm:h-243">
            <Skeleton className="w-2/5" />
            <Skeleton className="w-3/5" />
            <Skeleton className="w-1/2" />
          </Card>
        )}
        {mayHook && <WebhooksCard />}
      </div>
    </>
  );
}
