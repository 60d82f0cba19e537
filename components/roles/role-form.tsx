"use client";
import { Controller } from "react-hook-form";
import { type RoleValues, roleSchema, roleUpdateSchema } from "#lib/connections/connection-schema.ts";
import type { ConnectionView, RoleView } from "#lib/connections/connection-views.ts";
import { KeyFields } from "../connections/key-fields.tsx";
import { TestedFormDialog } from "../connections/tested-form-dialog.tsx";
import { useTestedForm } from "../connections/use-tested-form.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { RadioCards } from "../ui/radio-cards.tsx";
import { Select } from "../ui/select.tsx";
import { AssumeRoleFields } from "./assume-role-fields.tsx";
import { PassersField } from "./passers-field.tsx";

const fields = [
  "arn",
  "connectionId",
  "accessKeyId",
  "secretAccessKey",
  "assumeRole.roleArn",
  "assumeRole.externalId",
  "assumeRole.sessionSeconds",
  "assumeRole.stsEndpoint",
  "passers",
] as const;

export interface RoleFormProps {
  /** The one to change; null for a new one. */
  role: RoleView | null;
  connections: readonly ConnectionView[];
  accountId: string;
  onClose: () => void;
}

export function RoleForm({ role, connections, accountId, onClose }: RoleFormProps) {
  const { form, ...tested } = useTestedForm<RoleValues, RoleView>({
    schema: role ? roleUpdateSchema : roleSchema,
    values: {
      arn: role?.arn ?? `arn:aws:iam::${accountId}:role/`,
      connectionId: role?.connection.id ?? (connections.length === 1 ? (connections[0]?.id ?? "") : ""),
      accessKeyId: role?.accessKeyId ?? "",
      assumeRole: role?.assumeRole ?? null,
      secretAccessKey: "",
      passers: role?.passers?.map(({ id }) => id) ?? null,
    },
    fields,
    path: "/api/roles",
    id: role?.id ?? null,
    idName: "roleId",
    said: () => "The role is saved",
    onClose,
  });
  const { register, control, formState, reset, getValues, watch } = form;
  const { errors } = formState;
  const assumed = watch("assumeRole") != null;
  const connection = connections.find(({ id }) => id === watch("connectionId"));
  const comeToKeys = (how: "own" | "assumed") => {
    if ((how === "assumed") === assumed) return;
    const { arn, ...values } = getValues();
    const before = role?.assumeRole ?? { roleArn: arn, externalId: "", sessionSeconds: 3_600, stsEndpoint: "" };
    reset({ ...values, arn, assumeRole: how === "assumed" ? before : null });
  };
  return (
    <TestedFormDialog
      title={role ? "Change the execution role" : "Add an execution role"}
      description="What a job’s tasks may do is what the store allows the role’s keys."
      tested={tested}
      onClose={onClose}
    >
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
      <Field label="Keys" required group>
        <RadioCards
          columns={2}
          value={assumed ? "assumed" : "own"}
          onValueChange={comeToKeys}
          options={[
            { value: "own", title: "Keys that last", description: "Tasks are signed with a pair of keys entered here." },
            { value: "assumed", title: "Assume a role by STS", description: "Keys for hours only, replaced while a job runs." },
          ]}
        />
      </Field>
      {assumed && <AssumeRoleFields register={register} errors={errors} connection={connection} />}
      <KeyFields
        accessKeyId={register("accessKeyId")}
        secretAccessKey={register("secretAccessKey")}
        errors={errors}
        stored={role !== null && role.accessKeyId !== ""}
        {...(assumed && { otherwise: "The keys that ask STS. Leave both empty: the connection’s own keys ask." })}
      />
      <Controller
        control={control}
        name="passers"
        render={({ field }) => (
          <PassersField value={field.value ?? null} onChange={field.onChange} listed={role?.passers ?? []} error={errors.passers?.message} />
        )}
      />
    </TestedFormDialog>
  );
}
