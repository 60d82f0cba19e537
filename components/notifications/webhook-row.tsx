import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { toast } from "sonner";
import type { WebhookView } from "#lib/notifications/notification-views.ts";
import { api } from "../api-client.ts";
import { SafeText } from "../safe-text.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Switch } from "../ui/switch.tsx";
import { Time } from "../ui/time.tsx";
import { eventWords } from "./event-words.ts";

export function WebhookRow({ webhook, onDelete }: { webhook: WebhookView; onDelete: () => void }) {
  const client = useQueryClient();
  const path = `/api/webhooks/${webhook.id}`;
  const test = useMutation({
    mutationFn: () => api<{ failure: string | null }>(`${path}/test`, { method: "POST" }),
    onSuccess: ({ failure }) =>
      failure === null
        ? toast.success("The receiver took the test message")
        : toast.error("The receiver did not take the test message", { description: failure }),
    onError: (error) => toast.error("The webhook could not be tested", { description: error.message }),
  });
  const change = useMutation({
    mutationFn: (enabled: boolean) => api<WebhookView>(path, { method: "PATCH", body: { enabled } }),
    onError: (error) => toast.error("The webhook was not changed", { description: error.message }),
    onSettled: () => client.invalidateQueries({ queryKey: ["webhooks"] }),
  });
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 py-3.5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-medium [overflow-wrap:anywhere]">
          <SafeText text={webhook.url} />
        </p>
        <p className="mt-0.5 text-note text-text-muted">
          {webhook.events.map((event) => eventWords[event].label).join(", ")} · added by <SafeText text={webhook.createdBy} />
        </p>
        <Last webhook={webhook} />
      </div>
      <div className="flex items-center gap-2">
        <Switch
          label={<span className="sr-only">Tell {webhook.url}</span>}
          checked={webhook.enabled}
          disabled={change.isPending}
          onCheckedChange={(on) => change.mutate(on)}
        />
        <Button size="sm" loading={test.isPending} onClick={() => test.mutate()}>
          Send a test
        </Button>
        <IconButton size="sm" label={`Delete ${webhook.url}`} onClick={onDelete}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}

/** How the last delivery went. */
function Last({ webhook: { last, waiting, enabled } }: { webhook: WebhookView }) {
  if (!enabled) return <p className="mt-1 text-note text-text-muted">Switched off: it is told nothing.</p>;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-note text-text-muted">
      {last === null ? (
        "Nothing has happened yet that it is to be told."
      ) : (
        <>
          <Badge tone={last.delivered ? "success" : "danger"} dot>
            {last.delivered ? "Delivered" : last.givenUp ? "Given up after a day" : "Not delivered"}
          </Badge>
          <Time value={last.at} />
          {last.failure !== null && (
            <span className="[overflow-wrap:anywhere]">
              <SafeText text={last.failure} />
            </span>
          )}
        </>
      )}
      {waiting > 0 && <span className="tabular-nums">{waiting.toLocaleString("en-US")} waiting to be delivered</span>}
    </p>
  );
}
