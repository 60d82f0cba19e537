"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { notificationEvents } from "#lib/notifications/notification-events.ts";
import type { NewWebhook } from "#lib/notifications/notification-views.ts";
import { webhookSchema } from "#lib/notifications/webhook-schemas.ts";
import { ApiError, api } from "../api-client.ts";
import { FormDialog } from "../form-dialog.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Code } from "../ui/code.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { eventWords } from "./event-words.ts";

type Event = (typeof notificationEvents)[number];

/** Asks for the address and the events, adds the webhook, and then shows its secret: the only time that anybody sees it. */
export function AddWebhookDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [url, setUrl] = useState("");
  const [events, setEvents] = useState<readonly Event[]>(notificationEvents);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const add = useMutation({
    mutationFn: () => api<NewWebhook>("/api/webhooks", { body: { url: url.trim(), events } }),
    // The answer holds the secret, which is to be gone with this dialog.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: ["webhooks"] }),
    onError: (error) => setWrong(error instanceof ApiError && error.issues.length > 0 ? byField(error.issues) : { form: error.message }),
  });
  const submit = () => {
    const parsed = webhookSchema.safeParse({ url, events });
    setWrong(parsed.success ? {} : byField(parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }))));
    if (parsed.success && !add.isPending) add.mutate();
  };
  if (add.data) return <SecretDialog webhook={add.data} onClose={onClose} />;
  return (
    <FormDialog
      size="sm"
      title="Add a webhook"
      description="It gets a POST with JSON for each event, signed with a secret of its own."
      verb="Add"
      sending={add.isPending}
      failure={wrong.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onClose={onClose}
    >
      <Field label="URL" required error={wrong.url}>
        <Input
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://hooks.example.com/longshore"
        />
      </Field>
      <Field label="Events" group required error={wrong.events}>
        <div className="flex flex-col gap-2">
          {notificationEvents.map((event) => (
            <Checkbox
              key={event}
              label={eventWords[event].label}
              checked={events.includes(event)}
              onCheckedChange={(on) => setEvents(notificationEvents.filter((one) => (one === event ? on : events.includes(one))))}
            />
          ))}
        </div>
      </Field>
    </FormDialog>
  );
}

/** The first thing wrong with each field. */
const byField = (issues: readonly { path: string; message: string }[]): Record<string, string> =>
  Object.fromEntries(issues.toReversed().map(({ path, message }) => [path.split(".")[0] || "form", message]));

const SecretDialog = ({ webhook: { secret }, onClose }: { webhook: NewWebhook; onClose: () => void }) => (
  <Dialog
    open
    sticky
    onOpenChange={onClose}
    title="The webhook’s secret"
    footer={
      <Button variant="primary" onClick={onClose}>
        I have copied the secret
      </Button>
    }
  >
    <div className="flex flex-col gap-4">
      <Alert tone="warning" title="This is the only time the secret is shown">
        The receiver checks with it that a request is Longshore’s. If it is lost, delete the webhook and add it again.
      </Alert>
      <div className="flex items-center justify-between gap-2 rounded-lg border border-border bg-surface-2 py-1.5 pr-2 pl-3">
        <Code>{secret}</Code>
        <CopyButton value={secret} label="Copy the secret" />
      </div>
    </div>
  </Dialog>
);
