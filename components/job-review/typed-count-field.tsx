import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { formatNumber } from "../ui/number.tsx";
import type { Decision } from "./use-decision.ts";

/** Whoever types the number has read it. */
export const TypedCountField = ({ total, count }: { total: number; count: NonNullable<Decision["count"]> }) => (
  <Field label={`Type the number of objects, ${formatNumber(total)}, to run this job`} required error={count.error} className="max-w-md">
    <Input
      ref={count.input}
      inputMode="numeric"
      autoComplete="off"
      className="max-w-48 tabular-nums"
      value={count.typed}
      onChange={(event) => count.setTyped(event.target.value)}
    />
  </Field>
);
