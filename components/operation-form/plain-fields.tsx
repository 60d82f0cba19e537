"use client";
import { X } from "lucide-react";
import { BucketInput } from "../s3-browser/bucket-input.tsx";
import { IconButton } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { fromLocalInput, toLocalInput, zoneName } from "./date-time.ts";
import { textOf } from "./form-values.ts";
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

export const BucketField = (props: RendererProps) => (
  <Field {...common(props)}>
    <BucketInput
      id={props.id}
      value={textOf(props.values, props.field.path)}
      onChange={props.onChange}
      connectionId={props.connectionId}
      title={`Choose the ${props.field.label.toLowerCase()}`}
    />
  </Field>
);

export function SelectField(props: RendererProps) {
  const { field, id, values, onChange } = props;
  const value = textOf(values, field.path);
  return (
    <Field {...common(props)}>
      <div className="flex gap-2">
        <Select id={id} value={value} onValueChange={onChange} options={field.options ?? []} placeholder={field.required ? "Choose…" : "Not set"} />
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
