"use client";
import { storageClasses } from "#lib/jobs/manifest-schema.ts";
import { fromLocalInput, toLocalInput, zoneName } from "../operation-form/date-time.ts";
import { BucketInput } from "../s3-browser/bucket-input.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { sentence } from "../ui/sentence.ts";
import { Textarea } from "../ui/textarea.tsx";
import { AddPrefix, withLine } from "./add-prefix.tsx";
import { AskedFilters } from "./asked-filters.tsx";
import { hasMoreFilters, type Selection } from "./selection.ts";
import { errorAt, type StepProps } from "./step-props.ts";

const path = "ManifestGenerator.S3JobManifestGenerator";
const keyPath = `${path}.Filter.KeyNameConstraint`;

/** Which objects of a bucket: by their keys first, by the rest where somebody opens it. */
export function SelectionFields({ draft, update, issues }: Pick<StepProps, "draft" | "update" | "issues">) {
  const { selection, manifest } = draft;
  const change = (part: Partial<Selection>) => update((now) => ({ ...now, selection: { ...now.selection, ...part } }));
  const error = (at: string, label: string): string | undefined => {
    const message = errorAt(issues, at);
    return message === undefined ? undefined : sentence(label, message);
  };
  const keyParts = (name: "prefixes" | "suffixes" | "substrings", member: string, label: string, example: string) => (
    <Field
      label={label}
      htmlFor={`selection-${name}`}
      error={error(`${keyPath}.${member}`, "One of them")}
      help="One on a line; an object needs to match any of them."
    >
      <Textarea
        id={`selection-${name}`}
        mono
        rows={2}
        spellCheck={false}
        placeholder={example}
        value={selection[name]}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Field>
  );
  const time = (name: "after" | "before", member: string, label: string) => (
    <Field label={label} htmlFor={`selection-${name}`} error={error(`${path}.Filter.${member}`, "The time")} help={`In your time zone, ${zoneName()}.`}>
      <Input
        id={`selection-${name}`}
        type="datetime-local"
        value={toLocalInput(selection[name])}
        onChange={(event) => change({ [name]: fromLocalInput(event.target.value) })}
      />
    </Field>
  );
  const size = (name: "largerThan" | "smallerThan", member: string, label: string) => (
    <Field label={label} htmlFor={`selection-${name}`} error={error(`${path}.Filter.${member}`, "The size")} help="In bytes.">
      <Input
        id={`selection-${name}`}
        inputMode="numeric"
        autoComplete="off"
        className="tabular-nums"
        value={selection[name]}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <>
      <Field label="Bucket" required htmlFor="selection-bucket" error={error(`${path}.SourceBucket`, "The bucket")}>
        <BucketInput
          id="selection-bucket"
          value={selection.bucket}
          onChange={(bucket) => change({ bucket })}
          connectionId={manifest.connectionId}
          title="Choose the bucket with the objects"
        />
      </Field>
      {keyParts("prefixes", "MatchAnyPrefix", "Keys that begin with", "photos/2026/")}
      <AddPrefix draft={draft} onPick={(bucket, prefix) => change({ bucket, prefixes: withLine(selection.prefixes, prefix) })} />
      <details className="group/more rounded-lg border border-border" open={hasMoreFilters(selection) || undefined}>
        <summary className="cursor-pointer px-4 py-2.5 font-medium text-note">More filters</summary>
        <div className="flex flex-col gap-5 border-border border-t px-4 py-4">
          <div className="grid gap-5 md:grid-cols-2">
            {keyParts("suffixes", "MatchAnySuffix", "Keys that end with", ".jpg")}
            {keyParts("substrings", "MatchAnySubstring", "Keys that contain", "/draft/")}
            {time("after", "CreatedAfter", "Last modified after")}
            {time("before", "CreatedBefore", "Last modified before")}
            {size("largerThan", "ObjectSizeGreaterThanBytes", "Larger than")}
            {size("smallerThan", "ObjectSizeLessThanBytes", "Smaller than")}
          </div>
          <fieldset>
            <legend className="mb-2 font-medium text-note">Storage classes</legend>
            <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
              {storageClasses.map((name) => (
                <Checkbox
                  key={name}
                  checked={selection.storageClasses.includes(name)}
                  onCheckedChange={(checked) =>
                    change({ storageClasses: storageClasses.filter((one) => (one === name ? checked : selection.storageClasses.includes(one))) })
                  }
                  label={name}
                />
              ))}
            </div>
            <p className="mt-2 text-note text-text-muted">With none chosen, any.</p>
          </fieldset>
          <AskedFilters selection={selection} change={change} error={(member, label) => error(`${path}.Filter.${member}`, label)} />
        </div>
      </details>
    </>
  );
}
