import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** Words about an error, for the control that `id` describes. */
export const ErrorText = ({ id, children }: { id: string; children: string | undefined }) =>
  children ? (
    <p id={id} className="flex items-start gap-1.5 text-note text-danger leading-5">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </p>
  ) : null;

export interface GroupFieldProps {
  id: string;
  label: string;
  help?: string | undefined;
  error?: string | undefined;
  required?: boolean;
  children: ReactNode;
}

/** A field of several inputs, such as rows: a fieldset, whose error stands under its legend. */
export function GroupField({ id, label, help, error, required = false, children }: GroupFieldProps) {
  const describedBy = [help ? `${id}-help` : null, error ? `${id}-error` : null].filter(Boolean).join(" ") || undefined;
  return (
    <fieldset id={id} aria-describedby={describedBy} className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-note leading-5">
        {label}
        {!required && <span className="ml-1.5 font-normal text-text-faint">optional</span>}
      </legend>
      {help && (
        <p id={`${id}-help`} className="-mt-1 mb-1 text-note text-text-muted leading-5">
          {help}
        </p>
      )}
      {children}
      <ErrorText id={`${id}-error`}>{error}</ErrorText>
    </fieldset>
  );
}
