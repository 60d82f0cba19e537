"use client";
import { X } from "lucide-react";
import { useRoles } from "../job-wizard/use-connections.ts";
import { BucketInput } from "../s3-browser/bucket-input.tsx";
import { IconButton } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import type { SelectOption } from "../ui/select-look.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { fromLocalInput, toLocalInput, zoneName } from "./date-time.ts";
import { linesOf, textOf } from "./form-values.ts";
import { ErrorText } from "./group-field.tsx";
import type { RendererProps } from "./renderer.ts";

const common = ({ field, id, errorAt }: RendererProps) => ({
  label: field.label,
  help: field.help,
  required: field.required ?? false,
  htmlFor: id,
  error: errorAt(field.path),
});

export const TextField = (props: RendererProps) => (
  <Field {...common(props)}>
    <Input
      id={props.id}
      autoComplete="off"
      spellCheck={false}
      placeholder={props.field.placeholder}
      value={textOf(props.values, props.field.path)}
      onChange={(event) => props.onChange(event.target.value)}
    />
  </Field>
);

export const NumberField = (props: RendererProps) => (
  <Field {...common(props)}>
    <Input
      id={props.id}
      inputMode="numeric"
      autoComplete="off"
      className="max-w-48"
      placeholder={props.field.placeholder}
      value={textOf(props.values, props.field.path)}
      onChange={(event) => props.onChange(event.target.value)}
    />
  </Field>
);

export function BucketField(props: RendererProps) {
  const roles = useRoles();
  const roleArn = props.field.roleAt === undefined ? "" : textOf(props.values, props.field.roleAt);
  const elsewhere = roles.data?.find((role) => role.arn === roleArn);
  return (
    <Field {...common(props)}>
      <BucketInput
        id={props.id}
        value={textOf(props.values, props.field.path)}
        onChange={props.onChange}
        connectionId={elsewhere?.connection.id ?? props.connectionId}
        title={`Choose the ${props.field.label.toLowerCase()}`}
      />
    </Field>
  );
}

/** A role of another connection than the job's, by that connection's name. */
export function RoleField(props: RendererProps) {
  const roles = useRoles();
  const others = (roles.data ?? []).filter((role) => role.connection.id !== props.connectionId);
  const value = textOf(props.values, props.field.path);
  const gone = value !== "" && roles.isSuccess && !others.some((role) => role.arn === value);
  const options = others.map((role) => ({ value: role.arn, label: `${role.connection.name}: ${role.arn}` }));
  return (
    <ClearableSelect
      {...props}
      options={gone ? [...options, { value, label: `${value} (not on another connection)` }] : options}
      placeholder={others.length === 0 ? "No role on another connection" : "Not set"}
    />
  );
}

export const SelectField = (props: RendererProps) => (
  <ClearableSelect {...props} options={props.field.options ?? []} placeholder={props.field.required ? "Choose…" : "Not set"} />
);

/** What is wrong with any of the lines stands at the field. */
export function LinesField(props: RendererProps) {
  const { field, id, values, onChange, errorAt } = props;
  const text = textOf(values, field.path);
  const wrong = linesOf(text).flatMap((line, index) => {
    const message = errorAt(`${field.path}.${index}`);
    return message ? [`${line}: ${message}`] : [];
  });
  return (
    <Field {...common(props)} error={errorAt(field.path) ?? wrong[0]}>
      <Textarea id={id} mono rows={3} spellCheck={false} placeholder={field.placeholder} value={text} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}

function ClearableSelect(props: RendererProps & { options: readonly SelectOption[]; placeholder: string }) {
  const { field, id, values, onChange, options, placeholder } = props;
  const value = textOf(values, field.path);
  return (
    <Field {...common(props)}>
      <div className="flex gap-2">
        <Select id={id} value={value} onValueChange={onChange} options={options} placeholder={placeholder} />
        {value !== "" && !field.required && (
          <IconButton label={`Clear ${field.label}`} onClick={() => onChange("")}>
            <X aria-hidden />
          </IconButton>
        )}
      </div>
    </Field>
  );
}

export function CheckboxField({ field, id, values, onChange, errorAt }: RendererProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <Checkbox checked={values[field.path] === true} onCheckedChange={onChange} label={field.label} description={field.help} />
      <ErrorText id={`${id}-error`}>{errorAt(field.path)}</ErrorText>
    </div>
  );
}

export function DateTimeField(props: RendererProps) {
  const { field, id, values, onChange } = props;
  const iso = textOf(values, field.path);
  const zone = iso === "" ? `In your time zone, ${zoneName()}.` : `In your time zone, ${zoneName()}; ${iso.slice(0, 16).replace("T", " ")} in UTC.`;
  return (
    <Field {...common(props)} help={field.help ? `${field.help} ${zone}` : zone}>
      <div className="flex gap-2">
        <Input
          id={id}
          type="datetime-local"
          className="max-w-64"
          value={toLocalInput(iso)}
          onChange={(event) => onChange(fromLocalInput(event.target.value))}
        />
        {iso !== "" && (
          <IconButton label={`Clear ${field.label}`} onClick={() => onChange("")}>
            <X aria-hidden />
          </IconButton>
        )}
      </div>
    </Field>
  );
}
