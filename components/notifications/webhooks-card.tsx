import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import type { WebhookView } from "#lib/notifications/notification-views.ts";
import { api } from "../api-client.ts";
import { DeleteDialog } from "../delete-dialog.tsx";
import { LoadFailed } from "../load-failed.tsx";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { lazily, useLazy } from "../ui/lazily.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { WebhookRow } from "./webhook-row.tsx";

const dialog = lazily(() => import("./add-webhook-dialog.tsx"));

/** Whom the installation tells what happens, by signed requests. */
export function WebhooksCard() {
  const [adding, setAdding] = useState(false);
  const loaded = useLazy(dialog, adding);
  const [deleted, setDeleted] = useState<WebhookView | null>(null);
  const query = useQuery({
    queryKey: ["webhooks"],
    queryFn: ({ signal }) => api<WebhookView[]>("/api/webhooks", { signal }),
    refetchInterval: 10_000,
  });
  return (
    <Card aria-label="Webhooks">
      <CardHeader
        title="Webhooks"
        description="Systems that are told what happens to any job, by signed requests. For the whole installation."
        actions={
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            Add webhook
          </Button>
        }
      />
      {query.data ? (
        <Rows webhooks={query.data} onDelete={setDeleted} />
      ) : query.error ? (
        <div className="p-5">
          <LoadFailed noun="webhooks" query={query} />
        </div>
      ) : (
        <div className="p-5">
          <Skeleton className="w-2/5" />
        </div>
      )}
      {adding && loaded && <loaded.AddWebhookDialog onClose={() => setAdding(false)} />}
      {deleted && (
        <DeleteDialog
          path={`/api/webhooks/${deleted.id}`}
          queryKeys={["webhooks"]}
          title="Delete the webhook?"
          verb="Delete"
          done="The webhook was deleted"
          onClose={() => setDeleted(null)}
        >
          <SafeText className="font-medium" text={deleted.url} /> is told nothing any more, and its secret is gone: adding it again gives it another one.
        </DeleteDialog>
      )}
    </Card>
  );
}

const Rows = ({ webhooks, onDelete }: { webhooks: readonly WebhookView[]; onDelete: (webhook: WebhookView) => void }) =>
  webhooks.length === 0 ? (
    <p className="px-5 py-4 text-text-muted">No webhook yet. A chat, a ticket system or a program of yours could listen.</p>
  ) : (
    <ul aria-label="Webhooks" className="divide-y divide-border">
      {webhooks.map((webhook) => (
        <WebhookRow key={webhook.id} webhook={webhook} onDelete={() => onDelete(webhook)} />
      ))}
    </ul>
  );
