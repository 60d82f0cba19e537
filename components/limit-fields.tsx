import type { ComponentProps } from "react";
import { Field } from "./ui/field.tsx";
import { Input } from "./ui/input.tsx";

type Control = Pick<ComponentProps<typeof Input>, "value" | "onChange" | "onBlur" | "name" | "ref">;

interface LimitFieldsProps {
  /** What a form's `register` makes, with capOf as `setValueAs`. */
  maxInFlight: Control;
  maxRequestsPerSecond: Control;
  errors: { maxInFlight?: string | undefined; maxRequestsPerSecond?: string | undefined };
}

/** The two caps, of a connection or of a job. */
export const LimitFields = ({ maxInFlight, maxRequestsPerSecond, errors }: LimitFieldsProps) => (
  <div className="grid gap-4 sm:grid-cols-2">
    <Field label="Requests at once" error={errors.maxInFlight} help="In flight at the same time, over all workers.">
      <Input {...maxInFlight} inputMode="numeric" autoComplete="off" placeholder="No limit" className="tabular-nums" />
    </Field>
    <Field label="Requests per second" error={errors.maxRequestsPerSecond} help="Over all workers, repeated attempts included.">
      <Input {...maxRequestsPerSecond} inputMode="numeric" autoComplete="off" placeholder="No limit" className="tabular-nums" />
    </Field>
  </div>
);
