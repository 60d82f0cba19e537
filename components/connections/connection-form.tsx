"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { toast } from "sonner";
import type { z } from "zod";
import { type ConnectionValues, connectionSchema, connectionUpdateSchema } from "#lib/connections/connection-schema.ts";
import type { ConnectionView, Finding } from "#lib/connections/connection-views.ts";
import { api } from "../api-client.ts";
import { showApiError } from "../form-errors.ts";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { RadioCards } from "../ui/radio-cards.tsx";
import { Findings } from "./findings.tsx";

const fields = ["name", "endpoint", "region", "addressing", "accessKeyId", "secretAccessKey", "workBucket", "workPrefix"] as const;

const blank: ConnectionValues = {
  name: "",
  endpoint: "",
  region: "us-east-1",
  addressing: "path",
  accessKeyId: "",
  secretAccessKey: "",
  workBucket: "",
  workPrefix: ".longshore/",
};

const valuesOf = ({ name, endpoint, region, addressing, accessKeyId, workBucket, workPrefix }: ConnectionView): ConnectionValues => ({
  name,
  endpoint,
  region,
  addressing,
  accessKeyId,
  secretAccessKey: "",
  workBucket,
  workPrefix,
});

/** @param connection the one to change; null for a new one */
export function ConnectionForm({ connection, onClose }: { connection: ConnectionView | null; onClose: () => void }) {
  const formId = useId();
  const queryClient = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const schema: z.ZodType<unknown, ConnectionValues> = connection ? connectionUpdateSchema : connectionSchema;
  const form = useForm<ConnectionValues, unknown, unknown>({
    defaultValues: connection ? valuesOf(connection) : blank,
    resolver: zodResolver(schema),
    mode: "onTouched",
  });
  const { register, control, formState, getValues, setError, handleSubmit } = form;
  const { errors } = formState;

  const test = useMutation({
    mutationFn: (values: ConnectionValues) =>
      api<Finding[]>("/api/connections/test", { body: { ...values, ...(connection && { connectionId: connection.id }) } }),
    onError: (error) => setFailure(showApiError(error, setError, fields)),
    onMutate: () => setFailure(null),
  });
  const save = useMutation({
    mutationFn: (values: ConnectionValues) =>
      connection
        ? api<ConnectionView>(`/api/connections/${connection.id}`, { method: "PATCH", body: values })
        : api<ConnectionView>("/api/connections", { body: values }),
    onMutate: () => setFailure(null),
    onError: (error) => setFailure(showApiError(error, setError, fields)),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: ["connections"] });
      await queryClient.invalidateQueries({ queryKey: ["roles"] });
      toast.success(`The connection ${saved.name} is saved`);
      onClose();
    },
  });
  // The values as typed, since the API parses them again.
  const send = (mutation: typeof test | typeof save) => handleSubmit(() => mutation.mutate(getValues()));

  return (
    <Dialog
      open
      sticky
      onOpenChange={onClose}
      title={connection ? `Change ${connection.name}` : "Add a connection"}
      description="An S3-compatible store, and the keys for browsing it and for the work area. Jobs run with an execution role’s keys."
      footer={
        <>
          <Button className="mr-auto" loading={test.isPending} onClick={send(test)}>
            Test
          </Button>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={formId} loading={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={send(save)}>
        <Field label="Name" required error={errors.name?.message}>
          <Input {...register("name")} autoComplete="off" placeholder="Production archive" />
        </Field>
        <div className="grid gap-4 sm:grid-cols-[1fr_10rem]">
          <Field label="Endpoint" required error={errors.endpoint?.message}>
            <Input {...register("endpoint")} mono inputMode="url" autoComplete="off" spellCheck={false} placeholder="https://s3.example.com" />
          </Field>
          <Field label="Region" required error={errors.region?.message}>
            <Input {...register("region")} mono autoComplete="off" spellCheck={false} />
          </Field>
        </div>
        <Field label="Addressing" required group error={errors.addressing?.message}>
          <Controller
            control={control}
            name="addressing"
            render={({ field }) => (
              <RadioCards
                columns={2}
                value={field.value}
                onValueChange={field.onChange}
                options={[
                  { value: "path", title: "Path", description: "host/bucket/key: most own stores" },
                  { value: "virtual", title: "Virtual-hosted", description: "bucket.host/key: AWS and other clouds" },
                ]}
              />
            )}
          />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Access key ID" required error={errors.accessKeyId?.message}>
            <Input {...register("accessKeyId")} mono autoComplete="off" spellCheck={false} />
          </Field>
          <Field
            label="Secret access key"
            required={!connection}
            error={errors.secretAccessKey?.message}
            help={connection ? "Leave it empty to keep the stored one." : undefined}
          >
            <Input {...register("secretAccessKey")} mono type="password" autoComplete="new-password" placeholder={connection ? "••••••••" : undefined} />
          </Field>
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Work bucket"
            required
            error={errors.workBucket?.message}
            help="Longshore keeps intermediate files of running jobs here, and removes them when a job ends."
          >
            <Input {...register("workBucket")} mono autoComplete="off" spellCheck={false} />
          </Field>
          <Field label="Work prefix" error={errors.workPrefix?.message} help="Nothing outside of it is touched.">
            <Input {...register("workPrefix")} mono autoComplete="off" spellCheck={false} />
          </Field>
        </div>
        {failure && <Alert tone="danger">{failure}</Alert>}
        {test.data && !test.isPending && <Findings findings={test.data} />}
      </form>
    </Dialog>
  );
}
