"use client";
import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext, useId } from "react";
import { cn } from "./cn.ts";
import { sentence } from "./sentence.ts";

interface FieldControl {
  id: string;
  labelId: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}

const FieldContext = createContext<FieldControl | null>(null);

/** What the control inside a Field says about itself; a control outside one gets nothing. */
export function useFieldControl(own: { id?: string | undefined; invalid?: boolean | undefined }): {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  "aria-required"?: true;
} {
  const field = useContext(FieldContext);
  const id = own.id ?? field?.id;
  return {
    ...(id && { id }),
    ...(field?.describedBy && { "aria-describedby": field.describedBy }),
    ...((own.invalid || field?.invalid) && { "aria-invalid": true }),
    ...(field?.required && { "aria-required": true }),
  };
}

/** For groups (radio cards): the name of the group is the field's label. */
export const useFieldLabelId = (): string | undefined => useContext(FieldContext)?.labelId;

export interface FieldProps {
  label: ReactNode;
  help?: ReactNode;
  /** A sentence, or the rest of one that begins with the label. */
  error?: string | undefined;
  required?: boolean;
  /** The control's id; without it the control inside takes the field's own. */
  htmlFor?: string;
  /** The controls inside are a group (radio cards, checkboxes), not one input. */
  group?: boolean;
  /** Shown at the end of the label's line, such as a counter. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Field({ label, help, error, required = false, htmlFor, group = false, aside, className, children }: FieldProps) {
  const generated = useId();
  const id = htmlFor ?? generated;
  const labelId = `${id}-label`;
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const describedBy = [help ? helpId : null, error ? errorId : null].filter(Boolean).join(" ") || undefined;
  const text = (
    <>
      {label}
      {!required && <span className="ml-1.5 font-normal text-text-faint">optional</span>}
    </>
  );
  const labelClass = "font-medium text-note text-text leading-5";
  return (
    <FieldContext value={{ id, labelId, describedBy, invalid: Boolean(error), required: required && !group }}>
      <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
        <div className="flex items-baseline justify-between gap-3">
          {group ? (
            <span id={labelId} className={labelClass}>
              {text}
            </span>
          ) : (
            <label id={labelId} htmlFor={id} className={labelClass}>
              {text}
            </label>
          )}
          {aside && <span className="text-text-muted text-xs tabular-nums">{aside}</span>}
        </div>
        {children}
        {error && (
          <p id={errorId} className="flex items-start gap-1.5 text-note text-danger leading-5">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0 [overflow-wrap:anywhere]">{typeof label === "string" ? sentence(label, error) : error}</span>
          </p>
        )}
        {help && (
          <p id={helpId} className="text-note text-text-muted leading-5">
            {help}
          </p>
        )}
      </div>
    </FieldContext>
  );
}
