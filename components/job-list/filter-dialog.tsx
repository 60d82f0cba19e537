"use client";
import { useId, useState } from "react";
import type { FacetOption, JobFacets } from "#lib/jobs/job-facets.ts";
import { roleNameOf } from "#lib/jobs/role-name.ts";
import { countOf } from "../job-progress.ts";
import { allStatuses, statusWords } from "../job-status.ts";
import { LoadFailed } from "../load-failed.tsx";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { formatNumber } from "../ui/number.tsx";
import { Select } from "../ui/select.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useTimeSpan } from "../use-time-span.ts";
import { useFacets } from "./job-list-api.ts";
import type { ListFilters } from "./list-query.ts";

interface FilterDialogProps {
  query: ListFilters;
  /** Jobs that match; undefined while that is asked. */
  total: number | undefined;
  noun: string;
  onChange: (filters: Partial<ListFilters>) => void;
  onClear: () => void;
  onClose: () => void;
}

/** Everything to filter by, from what the jobs have. The list behind it follows at once. */
export function FilterDialog({ query, total, noun, onChange, onClear, onClose }: FilterDialogProps) {
  const facets = useFacets(true);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Filters"
      description="Numbers are of all jobs."
      footer={
        <>
          <Button variant="ghost" onClick={onClear}>
            Clear all
          </Button>
          <Button variant="primary" onClick={onClose}>
            {total === undefined ? "Show" : `Show ${countOf(total, noun)}`}
          </Button>
        </>
      }
    >
      {facets.data ? (
        <Fields query={query} facets={facets.data} onChange={onChange} />
      ) : facets.error ? (
        <LoadFailed noun="filters" query={facets} />
      ) : (
        <div role="status" aria-label="Reading what there is to filter by" className="flex h-96 flex-col gap-5">
          {["a", "b", "c", "d", "e"].map((row) => (
            <Skeleton key={row} className="h-12" />
          ))}
        </div>
      )}
    </Dialog>
  );
}

interface FieldsProps {
  query: ListFilters;
  facets: JobFacets;
  onChange: (filters: Partial<ListFilters>) => void;
}

function Fields({ query, facets, onChange }: FieldsProps) {
  // One that is chosen stays to be seen, even where no job has it any more.
  const statuses = allStatuses
    .filter((status) => facets.statuses[status] !== undefined || query.status.includes(status))
    .map((status) => ({ value: status, label: statusWords(status).label, jobs: facets.statuses[status] ?? 0 }));
  return (
    <div className="flex flex-col gap-6">
      <Choices label="Status" options={statuses} chosen={query.status} onChange={(status) => onChange({ status: status as ListFilters["status"] })} />
      <Choices label="Operation" options={facets.operations} chosen={query.operation} onChange={(operation) => onChange({ operation })} />
      <CreatedFields query={query} onChange={onChange} />
      <Choices label="Created by" options={facets.creators} chosen={query.creator} onChange={(creator) => onChange({ creator })} />
      <Choices label="Connection" options={facets.connections} chosen={query.connection} onChange={(connection) => onChange({ connection })} />
      <Choices
        label="Role"
        options={facets.roles.map((role) => ({ ...role, label: roleNameOf(role.label) }))}
        chosen={query.role}
        onChange={(role) => onChange({ role })}
      />
      <TagField query={query} facets={facets} onChange={onChange} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Failures" required>
          <Select
            value={query.failures ? "only" : "any"}
            onValueChange={(value) => onChange({ failures: value === "only" })}
            options={[
              { value: "any", label: "With and without failures" },
              { value: "only", label: `Only with failures (${formatNumber(facets.failures)})` },
            ]}
          />
        </Field>
        <Field label="Dry runs" required>
          <Select
            value={query.dryRun === null ? "any" : query.dryRun ? "only" : "none"}
            onValueChange={(value) => onChange({ dryRun: value === "any" ? null : value === "only" })}
            options={[
              { value: "any", label: "Dry runs and others" },
              { value: "only", label: `Only dry runs (${formatNumber(facets.dryRuns)})` },
              { value: "none", label: "No dry runs" },
            ]}
          />
        </Field>
      </div>
    </div>
  );
}

interface ChoicesProps {
  label: string;
  options: readonly FacetOption[];
  chosen: readonly string[];
  onChange: (values: string[]) => void;
}

const fewest = 8;

/** A box for each; where there are many, the most used of them at first. */
function Choices({ label, options, chosen, onChange }: ChoicesProps) {
  const id = useId();
  const [all, setAll] = useState(options.length <= fewest);
  const most = [...options].sort((a, b) => b.jobs - a.jobs).slice(0, fewest);
  const shown = all ? options : options.filter((option) => most.includes(option) || chosen.includes(option.value));
  if (options.length === 0) return null;
  return (
    <fieldset aria-labelledby={id}>
      <div id={id} className="mb-2 font-medium text-note">
        {label}
      </div>
      <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
        {shown.map((option) => (
          <Checkbox
            key={option.value}
            className="min-w-0"
            label={
              <>
                <SafeText text={option.label} /> <span className="text-text-muted text-xs tabular-nums">{formatNumber(option.jobs)}</span>
              </>
            }
            checked={chosen.includes(option.value)}
            onCheckedChange={(on) => onChange(on ? [...chosen, option.value] : chosen.filter((value) => value !== option.value))}
          />
        ))}
      </div>
      {!all && (
        <Button size="sm" variant="ghost" className="mt-1.5 -ml-3" onClick={() => setAll(true)}>
          Show all {formatNumber(options.length)}
        </Button>
      )}
    </fieldset>
  );
}

function CreatedFields({ query, onChange }: Omit<FieldsProps, "facets">) {
  const { select, days } = useTimeSpan(query, onChange);
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label="Created" required>
        <Select {...select} />
      </Field>
      {days && (
        <>
          <Field label="From">
            <Input {...days.from} />
          </Field>
          <Field label="Until, that day included">
            <Input {...days.to} />
          </Field>
        </>
      )}
    </div>
  );
}

function TagField({ query, facets, onChange }: FieldsProps) {
  const id = useId();
  const [text, setText] = useState("");
  const add = () => {
    const tag = text.trim();
    if (tag !== "" && !query.tag.includes(tag)) onChange({ tag: [...query.tag, tag] });
    setText("");
  };
  return (
    <Field label="Tags" help={query.tag.length > 0 ? `Jobs that have ${query.tag.join(" and ")}.` : "A key, or key=value. Of several tags a job has all."}>
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Input list={id} value={text} maxLength={512} placeholder="team or team=data" autoComplete="off" onChange={(event) => setText(event.target.value)} />
        <datalist id={id}>
          {facets.tags.flatMap(({ key, values }) => [
            <option key={key} value={key} />,
            ...values.slice(0, 20).map(({ value }) => <option key={`${key}=${value}`} value={`${key}=${value}`} />),
          ])}
        </datalist>
        <Button type="submit" disabled={text.trim() === ""}>
          Add tag
        </Button>
      </form>
    </Field>
  );
}
