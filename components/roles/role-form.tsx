"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { toast } from "sonner";
import type { z } from "zod";
import { type RoleValues, roleSchema, roleUpdateSchema } from "#lib/connections/connection-schema.ts";
import type { ConnectionView, Finding, RoleView } from "#lib/connections/connection-views.ts";
import { api } from "../api-client.ts";
import { Findings } from "../connections/findings.tsx";
import { showApiError } from "../form-errors.ts";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";

const fields = ["arn", "connectionId", "accessKeyId", "secretAccessKey"] as const;

export interface RoleFormProps {
  /** The one to change; null for a new one. */
  role: RoleView | null;
  connections: readonly ConnectionView[];
  accountId: string;
  onClose: () => void;
}

export function RoleForm({ role, connections, accountId, onClose }: RoleFormProps) {
  const formId = useId();
  const queryClient = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const schema: z.ZodType<unknown, RoleValues> = role ? roleUpdateSchema : roleSchema;
  const { register, control, formState, getValues, setError, handleSubmit } = useForm<RoleValues, unknown, unknown>({
    defaultValues: {
      arn: role?.arn ?? `arn:aws:iam::${accountId}:role/`,
      connectionId: role?.connection.id ?? (connections.length === 1 ? (connections[0]?.id ?? "") : ""),
      accessKeyId: role?.accessKeyId ?? "",
      secretAccessKey: "",
    },
    resolver: zodResolver(schema),
    mode: "onTouched",
  });
  const { errors } = formState;

  const test = useMutation({
    mutationFn: (values: RoleValues) => api<Finding[]>("/api/roles/test", { body: { ...values, ...(role && { roleId: role.id }) } }),
    onMutate: () => setFailure(null),
    onError: (error) => setFailure(showApiError(error, setError, fields)),
  });
  const save = useMutation({
    mutationFn: (values: RoleValues) =>
      role ? api<RoleView>(`/api/roles/${role.id}`, { method: "PATCH", body: values }) : api<RoleView>("/api/roles", { body: values }),
    onMutate: () => setFailure(null),
    onError: (error) => setFailure(showApiError(error, setError, fields)),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["roles"] });
      await queryClient.invalidateQueries({ queryKey: ["connections"] });
      toast.success("The role is saved");
      onClose();
    },
  });
  const send = (mutation: typeof test | typeof save) => handleSubmit(() => mutation.mutate(getValues()));

  return (
    <Dialog
      open
      sticky
      onOpenChange={onClose}
      title={role ? "Change the execution role" : "Add an execution role"}
      description="What a job’s tasks may do is what the store allows these keys."
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
        <Field label="Role ARN" required error={errors.arn?.message} help="Jobs name the role by it, as with AWS. The part after role/ is yours to choose.">
          <Input {...register("arn")} mono autoComplete="off" spellCheck={false} />
        </Field>
        <Field label="Connection" required error={errors.connectionId?.message}>
          <Controller
            control={control}
            name="connectionId"
            render={({ field }) => (
              <Select
                value={field.value}
                onValueChange={field.onChange}
                onBlur={field.onBlur}
                placeholder="Choose a connection"
                options={connections.map(({ id, name, endpoint }) => ({ value: id, label: name, description: endpoint }))}
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
            required={!role}
            error={errors.secretAccessKey?.message}
            help={role ? "Leave it empty to keep the stored one." : undefined}
          >
            <Input {...register("secretAccessKey")} mono type="password" autoComplete="new-password" placeholder={role ? "••••••••" : undefined} />
          </Field>
        </div>
        {failure && <Alert tone="danger">{failure}</Alert>}
        {test.data && !test.isPending && <Findings findings={test.data} />}
      </form>
    </Dialog>
  );
}
