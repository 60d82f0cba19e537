"use client";
import { Checkbox } from "../ui/checkbox.tsx";
import { Code } from "../ui/code.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import type { ManifestDraft } from "./draft.ts";

interface ColumnFieldsProps {
  manifest: ManifestDraft;
  change: (part: Partial<ManifestDraft>) => void;
  error: string | undefined;
}

/** Which columns a CSV has: with versions or not, or any others in any order. */
export function ColumnFields({ manifest, change, error }: ColumnFieldsProps) {
  const usual = manifest.columns.trim() === "";
  return (
    <>
      <Checkbox
        checked={manifest.withVersionIds}
        disabled={!usual}
        onCheckedChange={(withVersionIds) => change({ withVersionIds })}
        label="Rows have version ids"
        description={
          usual ? (
            <>
              {"Each row is "}
              <Code>{manifest.withVersionIds ? "bucket,key,version id" : "bucket,key"}</Code>
              {manifest.withVersionIds ? ". The job works on exactly these versions." : ". The job works on each object's newest version."}
            </>
          ) : (
            "The columns below say it."
          )
        }
      />
      <details className="group/columns" open={!usual || error !== undefined || undefined}>
        <summary className="cursor-pointer font-medium text-note">Other columns, or another order</summary>
        <Field
          className="mt-3"
          label="Columns"
          htmlFor="manifest-columns"
          error={error}
          help="Their names in order, with commas between them: Bucket, Key, VersionId, and Ignore for what means nothing."
        >
          <Input
            id="manifest-columns"
            mono
            autoComplete="off"
            spellCheck={false}
            placeholder="Bucket, Key, Ignore"
            value={manifest.columns}
            onChange={(event) => change({ columns: event.target.value })}
          />
        </Field>
      </details>
    </>
  );
}
