"use client";
import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import type { Issue } from "#lib/errors.ts";
import type { Field, Operation } from "#lib/operations/operation.ts";
import { cn } from "../ui/cn.ts";
import { sentence } from "../ui/sentence.ts";
import { type FormValue, type FormValues, isFilled, isShown } from "./form-values.ts";
import { GrantsField, MapField, TagsField } from "./list-fields.tsx";
import { BucketField, CheckboxField, DateTimeField, LinesField, NumberField, RoleField, SelectField, TextField } from "./plain-fields.tsx";
import type { FieldRenderer } from "./renderer.ts";
import { belongsTo, type Section, sectionsOf } from "./sections.ts";

const renderers: Record<Field["kind"], FieldRenderer> = {
  text: TextField,
  bucket: BucketField,
  role: RoleField,
  select: SelectField,
  checkbox: CheckboxField,
  datetime: DateTimeField,
  number: NumberField,
  tags: TagsField,
  map: MapField,
  grants: GrantsField,
  lines: LinesField,
};

export interface OperationFormProps {
  operation: Operation;
  values: FormValues;
  onChange: (values: FormValues) => void;
  /** Paths are within the operation's parameters; only these are shown. */
  issues: readonly Issue[];
  connectionId: string;
}

/** The form of any operation, drawn from its own fields. */
export function OperationForm(props: OperationFormProps) {
  const { operation, values } = props;
  const shown = operation.fields.filter((field) => isShown(field, values));
  return (
    <div className="flex flex-col divide-y divide-border">
      {sectionsOf(shown).map((section, index, all) => (
        <FormSection key={section.title ?? index} {...props} section={section} last={index === all.length - 1} />
      ))}
    </div>
  );
}

function FormSection({ section, last, ...props }: OperationFormProps & { section: Section; last: boolean }) {
  const { values, issues } = props;
  const id = useId();
  const filled = section.fields.filter((field) => isFilled(field, values)).length;
  const wrong = issues.some((issue) => section.fields.some((field) => belongsTo(field, issue.path)));
  const [opened, setOpened] = useState<boolean | null>(null);
  const open = !section.optional || wrong || (opened ?? filled > 0);
  const body = open && (
    <div id={`${id}-body`} className={cn("grid gap-x-5 gap-y-5 pt-1 md:grid-cols-2", !last && "pb-5")}>
      {section.fields.map((field) => (
        <FormField key={field.path} field={field} {...props} />
      ))}
    </div>
  );
  if (section.title === null) return <div className="pt-5 first:pt-0">{body}</div>;
  return (
    <fieldset className="min-w-0 first:[&>legend]:pt-0">
      <legend className={cn("w-full font-semibold text-note", section.optional ? "py-1.5" : "pt-4 pb-3")}>
        {section.optional ? (
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? `${id}-body` : undefined}
            onClick={() => setOpened(!open)}
            className="-mx-2 flex w-[calc(100%+1rem)] items-center gap-2 rounded-lg px-2 py-2.5 text-left hover:bg-surface-2"
          >
            <ChevronRight aria-hidden className={cn("size-4 text-text-faint transition-transform", open && "rotate-90")} />
            <span>{section.title}</span>
            <span className="ml-auto font-normal text-text-muted text-xs">{wrong ? "Needs attention" : filled > 0 ? `${filled} set` : "optional"}</span>
          </button>
        ) : (
          section.title
        )}
      </legend>
      {body}
    </fieldset>
  );
}

const wide = new Set<Field["kind"]>(["tags", "map", "grants", "checkbox"]);

function FormField({ field, operation, values, onChange, issues, connectionId }: OperationFormProps & { field: Field }) {
  const Renderer = renderers[field.kind];
  const id = `${operation.name}-${field.path.replaceAll(".", "-")}`;
  return (
    <div className={cn("min-w-0", wide.has(field.kind) && "md:col-span-2")}>
      <Renderer
        field={field}
        id={id}
        values={values}
        onChange={(value: FormValue) => onChange({ ...values, [field.path]: value })}
        errorAt={(path) => {
          const message = issues.find((issue) => issue.path === path)?.message;
          return message && sentence(path === field.path ? field.label : "This", message);
        }}
        connectionId={connectionId}
      />
    </div>
  );
}
