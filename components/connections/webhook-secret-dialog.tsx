"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import { type WebhookSecretValues, type WebhookSecretView, webhookSecretSchema } from "#lib/functions/webhook-secret-schema.ts";
import { api } from "../api-client.ts";
import { showApiError } from "../form-errors.ts";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Code } from "../ui/code.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";

/** Tells an administrator the secret that a webhook's receiver checks our signatures with. */
export function WebhookSecretDialog({ onClose }: { onClose: () => void }) {
  const formId = useId();
  const [failure, setFailure] = useState<string | null>(null);
  const { register, formState, setError, handleSubmit } = useForm<WebhookSecretValues>({
    defaultValues: { url: "" },
    resolver: zodResolver(webhookSecretSchema),
    mode: "onTouched",
  });
  const show = useMutation({
    mutationFn: (values: WebhookSecretValues) => api<WebhookSecretView>("/api/webhook-secret", { body: values }),
    // The answer holds the secret, which is to be gone with this dialog.
    gcTime: 0,
    onMutate: () => setFailure(null),
    onError: (error) => setFailure(showApiError(error, setError, ["url"])),
  });
  return (
    <Dialog
      open
      sticky
      onOpenChange={onClose}
      title="Webhook secret"
      description="What Invoke webhook sends is signed, as Standard Webhooks has it. The receiver checks the signature with this secret."
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Close
          </Button>
          <Button variant="primary" type="submit" form={formId} loading={show.isPending}>
            Show the secret
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={handleSubmit((values) => show.mutate(values))}>
        <Field
          label="URL of the webhook"
          required
          error={formState.errors.url?.message}
          help="Each receiver has a secret of its own: what counts is its scheme, host and port."
        >
          <Input {...register("url")} mono inputMode="url" autoComplete="off" spellCheck={false} placeholder="https://hooks.example.com/objects" />
        </Field>
        {failure && <Alert tone="danger">{failure}</Alert>}
        {show.data && <Secret {...show.data} />}
      </form>
    </Dialog>
  );
}

const Secret = ({ origin, secret }: WebhookSecretView) => (
  <section aria-live="polite" aria-label={`Secret for ${origin}`} className="flex flex-col gap-3">
    <p className="text-note leading-5">
      For <Code>{origin}</Code>:
    </p>
    <div className="flex items-center justify-between gap-2 rounded-lg border border-border bg-surface-2 py-1.5 pr-2 pl-3">
      <Code className="[overflow-wrap:anywhere]">{secret}</Code>
      <CopyButton value={secret} label="Copy the secret" />
    </div>
    <Alert tone="warning">Whoever has it can pretend to be Longshore to this receiver. It stays the same until LONGSHORE_SECRET is changed.</Alert>
  </section>
);
