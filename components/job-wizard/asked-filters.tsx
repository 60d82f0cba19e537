"use client";
import { replicationStatuses } from "#lib/jobs/manifest-schema.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/textarea.tsx";
import type { Selection } from "./selection.ts";

const encryptions = { SSES3: "SSE-S3", SSEKMS: "SSE-KMS", DSSEKMS: "DSSE-KMS", SSEC: "SSE-C", NOTSSE: "Not encrypted" } as const;

interface AskedFiltersProps {
  selection: Selection;
  change: (part: Partial<Selection>) => void;
  error: (member: string, label: string) => string | undefined;
}

/** What a list of the bucket does not tell. */
export function AskedFilters({ selection, change, error }: AskedFiltersProps) {
  const toggled = <T,>(all: readonly T[], one: T, on: boolean): T[] => (on ? [...all, one] : all.filter((other) => other !== one));
  return (
    <fieldset className="flex flex-col gap-4 border-border border-t pt-4">
      <legend className="float-left mb-3 w-full text-note text-text-muted">
        These are asked of each object that the rest selects, by one or two requests for each: a large bucket takes far longer.
      </legend>
      <Field
        label="Tags"
        htmlFor="selection-tags"
        error={error("MatchAnyTag", "One of them")}
        help="One on a line, as key=value, or a key alone for any value; an object needs to have any of them."
      >
        <Textarea
          id="selection-tags"
          mono
          rows={2}
          spellCheck={false}
          placeholder="team=data"
          value={selection.tags}
          onChange={(event) => change({ tags: event.target.value })}
        />
      </Field>
      <Field label="Encryption" group>
        <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
          {Object.entries(encryptions).map(([name, label]) => (
            <Checkbox
              key={name}
              checked={selection.encryptions.some((one) => name in one)}
              onCheckedChange={(on) =>
                change({ encryptions: on ? [...selection.encryptions, { [name]: {} }] : selection.encryptions.filter((one) => !(name in one)) })
              }
              label={label}
            />
          ))}
        </div>
      </Field>
      <Field label="Replication status" group>
        <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
          {replicationStatuses.map((name) => (
            <Checkbox
              key={name}
              checked={selection.replicationStatuses.includes(name)}
              onCheckedChange={(on) => change({ replicationStatuses: toggled(selection.replicationStatuses, name, on) })}
              label={name}
            />
          ))}
        </div>
      </Field>
      <Checkbox
        checked={selection.eligible === "yes"}
        onCheckedChange={(on) => change({ eligible: on ? "yes" : "" })}
        label="Eligible for replication"
        description="By the rules of the bucket, as they are when the job is prepared."
      />
    </fieldset>
  );
}
