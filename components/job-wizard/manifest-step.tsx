"use client";
import Link from "next/link";
import { Alert } from "../ui/alert.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { RadioCards } from "../ui/radio-cards.tsx";
import { Select } from "../ui/select.tsx";
import { foundOf, type ManifestDraft } from "./draft.ts";
import { manifestFields } from "./draft-to-input.ts";
import { ManifestFields } from "./manifest-fields.tsx";
import { ManifestPreviewCard } from "./manifest-preview-card.tsx";
import { SelectionFields } from "./selection-fields.tsx";
import { errorAt, type StepProps } from "./step-props.ts";

const sources = [
  { value: "csv" as const, title: "CSV manifest", description: "An object in S3 with one row for each object and no header, plain or in gzip." },
  { value: "inventory" as const, title: "S3 Inventory", description: "The manifest.json of an inventory in CSV or Parquet, or of a list that a job kept." },
  { value: "report" as const, title: "Failed tasks", description: "The manifest.json of a completion report: its failed tasks are done again." },
  { value: "bucket" as const, title: "Objects of a bucket", description: "Longshore lists them when the job is made: all, or those that match." },
];

/** Which objects: the connection, and the manifest in it with its first rows, or what to list. */
export function ManifestStep({ draft, update, issues, manifest: state, connections }: StepProps) {
  const { manifest } = draft;
  const change = (part: Partial<ManifestDraft>) => update((now) => ({ ...now, manifest: { ...now.manifest, ...part } }));
  const connection = connections.find((one) => one.id === manifest.connectionId);
  return (
    <>
      <Card>
        <CardHeader title="Manifest" description="The list of the objects that the job works on." />
        <CardBody className="flex flex-col gap-5">
          {connections.length === 0 && (
            <Alert
              tone="warning"
              title="There is no connection yet"
              actions={
                <Link href="/connections" className="font-medium text-accent-text hover:underline">
                  Open Connections
                </Link>
              }
            >
              An administrator adds the S3 endpoint there. Your draft stays here meanwhile.
            </Alert>
          )}
          <Field
            label="Connection"
            required
            htmlFor="manifest-connection"
            error={errorAt(issues, "Manifest.Connection")}
            help={connection ? `${connection.endpoint} · ${connection.region}` : "The S3 endpoint that has the objects, and the manifest."}
          >
            <Select
              id="manifest-connection"
              value={manifest.connectionId}
              // A role is one of its connection.
              onValueChange={(connectionId) =>
                update((now) => ({ ...now, manifest: { ...now.manifest, connectionId }, options: { ...now.options, roleArn: "" } }))
              }
              options={connections.map((one) => ({ value: one.id, label: one.name, description: one.endpoint }))}
              placeholder="Choose a connection"
            />
          </Field>
          <Field label="List of objects" required group>
            <RadioCards columns={2} value={draft.source} onValueChange={(source) => update((now) => ({ ...now, source }))} options={sources} />
          </Field>
          {draft.source === "bucket" ? (
            <SelectionFields draft={draft} update={update} issues={issues} />
          ) : (
            <ManifestFields draft={draft} update={update} issues={issues} manifest={state} />
          )}
        </CardBody>
      </Card>
      {draft.source !== "bucket" && foundOf(manifest) && (
        <ManifestPreviewCard
          state={state}
          withVersionIds={draft.source !== "csv" || manifestFields(manifest).includes("VersionId")}
          onVersionIds={(withVersionIds) => change({ withVersionIds, columns: "" })}
        />
      )}
    </>
  );
}
