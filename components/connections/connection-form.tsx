"use client";
import { Controller } from "react-hook-form";
import { type ConnectionValues, connectionSchema, connectionUpdateSchema } from "#lib/connections/connection-schema.ts";
import type { ConnectionView } from "#lib/connections/connection-views.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { RadioCards } from "../ui/radio-cards.tsx";
import { AdvancedFields } from "./advanced-fields.tsx";
import { KeyFields } from "./key-fields.tsx";
import { TestedFormDialog } from "./tested-form-dialog.tsx";
import { useTestedForm } from "./use-tested-form.ts";

const blank: ConnectionValues = {
  name: "",
  endpoint: "",
  region: "us-east-1",
  addressing: "path",
  accessKeyId: "",
  secretAccessKey: "",
  workBucket: "",
  workPrefix: ".longshore/",
  maxInFlight: null,
  maxRequestsPerSecond: null,
  caCertificate: "",
  lambdaEndpoint: "",
};
const fields = Object.keys(blank) as (keyof ConnectionValues)[];

const valuesOf = ({
  name,
  endpoint,
  region,
  addressing,
  accessKeyId,
  workBucket,
  workPrefix,
  limits,
  caCertificate,
  lambdaEndpoint,
}: ConnectionView): ConnectionValues => ({
  name,
  endpoint,
  region,
  addressing,
  accessKeyId,
  secretAccessKey: "",
  workBucket,
  workPrefix,
  ...limits,
  caCertificate: caCertificate ?? "",
  lambdaEndpoint: lambdaEndpoint ?? "",
});

/** @param connection the one to change; null for a new one */
export function ConnectionForm({ connection, onClose }: { connection: ConnectionView | null; onClose: () => void }) {
  const values = connection ? valuesOf(connection) : blank;
  const { form, ...tested } = useTestedForm<ConnectionValues, ConnectionView>({
    schema: connection ? connectionUpdateSchema : connectionSchema,
    values,
    fields,
    path: "/api/connections",
    id: connection?.id ?? null,
    idName: "connectionId",
    said: (saved) => `The connection ${saved.name} is saved`,
    onClose,
  });
  const { register, control, formState } = form;
  const { errors } = formState;
  return (
    <TestedFormDialog
      title={connection ? `Change ${connection.name}` : "Add a connection"}
      description="An S3-compatible store, and the keys for browsing it and for the work area. Jobs run with an execution role’s keys."
      tested={tested}
      onClose={onClose}
    >
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
      <KeyFields accessKeyId={register("accessKeyId")} secretAccessKey={register("secretAccessKey")} errors={errors} stored={connection !== null} />
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
      <AdvancedFields
        register={register}
        errors={errors}
        used={values.maxInFlight !== null || values.maxRequestsPerSecond !== null || values.caCertificate !== "" || values.lambdaEndpoint !== ""}
      />
    </TestedFormDialog>
  );
}
