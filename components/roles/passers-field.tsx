import { useQuery } from "@tanstack/react-query";
import type { PasserView } from "#lib/connections/connection-views.ts";
import { api } from "../api-client.ts";
import { SafeText } from "../safe-text.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { RadioCards } from "../ui/radio-cards.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

interface PassersFieldProps {
  /** Ids; null: whoever may create jobs. */
  value: readonly string[] | null;
  onChange: (value: string[] | null) => void;
  /** Those who are on the kept list, one who may not create jobs any more among them. */
  listed: readonly PasserView[];
  error: string | undefined;
}

/** Who may create jobs with an execution role. */
export function PassersField({ value, onChange, listed, error }: PassersFieldProps) {
  return (
    <>
      <Field label="Who may create jobs with it" required group error={error}>
        <RadioCards
          value={value === null ? "everyone" : "listed"}
          onValueChange={(choice) => onChange(choice === "everyone" ? null : listed.map(({ id }) => id))}
          columns={2}
          options={[
            { value: "everyone", title: "Everyone", description: "Who has the right to create jobs." },
            { value: "listed", title: "Only these people", description: "And administrators." },
          ]}
        />
      </Field>
      {value !== null && <People value={value} onChange={onChange} listed={listed} />}
    </>
  );
}

function People({ value, onChange, listed }: Omit<PassersFieldProps, "value" | "error"> & { value: readonly string[] }) {
  const { data, error } = useQuery({ queryKey: ["roles", "passers"], queryFn: ({ signal }) => api<PasserView[]>("/api/roles/passers", { signal }) });
  if (!data) return error ? <p className="text-danger text-note">{error.message}</p> : <Skeleton className="h-9 w-full" />;
  const people = [...data, ...listed.filter(({ id }) => !data.some((one) => one.id === id))];
  if (people.length === 0) return <p className="text-note text-text-muted">There are no operators or reviewers yet: only administrators could use the role.</p>;
  return (
    <fieldset aria-label="People who may create jobs with it" className="max-h-56 overflow-y-auto rounded-lg border border-border px-3.5 py-1">
      {people.map(({ id, name, email }) => (
        <Checkbox
          key={id}
          className="py-2"
          checked={value.includes(id)}
          onCheckedChange={(chosen) => onChange(chosen ? [...value, id] : value.filter((other) => other !== id))}
          label={<SafeText text={name} />}
          description={<SafeText text={email} />}
        />
      ))}
    </fieldset>
  );
}
