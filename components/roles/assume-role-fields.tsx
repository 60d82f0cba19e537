import type { FieldErrors, UseFormRegister } from "react-hook-form";
import type { RoleValues } from "#lib/connections/connection-schema.ts";
import type { ConnectionView } from "#lib/connections/connection-views.ts";
import { isAmazon } from "#lib/s3/is-amazon.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";

interface AssumeRoleFieldsProps {
  register: UseFormRegister<RoleValues>;
  errors: FieldErrors<RoleValues>;
  /** The chosen one. */
  connection: ConnectionView | undefined;
}

/** What STS is asked for. */
export function AssumeRoleFields({ register, errors: { assumeRole: errors }, connection }: AssumeRoleFieldsProps) {
  const usual = connection ? usualEndpoint(connection) : "";
  return (
    <>
      <Field
        label="Role to assume"
        required
        error={errors?.roleArn?.message}
        help="Its ARN as the store knows it. MinIO takes any; its policy is the one of the keys that ask."
      >
        <Input {...register("assumeRole.roleArn")} mono autoComplete="off" spellCheck={false} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="External ID" error={errors?.externalId?.message} help="Where the role’s trust policy asks for one.">
          <Input {...register("assumeRole.externalId")} mono autoComplete="off" spellCheck={false} />
        </Field>
        <Field label="Session duration in seconds" required error={errors?.sessionSeconds?.message} help="900 to 43,200. A job may take longer.">
          <Input {...register("assumeRole.sessionSeconds", { valueAsNumber: true })} type="number" min={900} max={43_200} step={1} inputMode="numeric" />
        </Field>
      </div>
      <Field
        label="STS endpoint"
        error={errors?.stsEndpoint?.message}
        help={usual ? "Leave it empty for the one shown." : "Leave it empty for the usual one: Amazon’s of the region, or the connection’s own endpoint."}
      >
        <Input {...register("assumeRole.stsEndpoint")} mono inputMode="url" autoComplete="off" spellCheck={false} placeholder={usual} />
      </Field>
    </>
  );
}

const usualEndpoint = ({ endpoint, region }: ConnectionView): string => (isAmazon(endpoint) ? `https://sts.${region}.amazonaws.com` : endpoint);
