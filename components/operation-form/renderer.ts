import type { ReactNode } from "react";
import type { Field } from "#lib/operations/operation.ts";
import type { FormValue, FormValues } from "./form-values.ts";

/** What draws one kind of field. */
export type FieldRenderer = (props: RendererProps) => ReactNode;

export interface RendererProps {
  field: Field;
  /** Unique on the page, for labels and errors. */
  id: string;
  values: FormValues;
  onChange: (value: FormValue) => void;
  /** What is wrong at a path within the operation's parameters. */
  errorAt: (path: string) => string | undefined;
  connectionId: string;
}
