"use client";
import { Pencil } from "lucide-react";
import type { ReactNode } from "react";
import { parseBucket, parseObjectLocation, s3Path } from "#lib/browse/s3-location.ts";
import type { ManifestFilter } from "#lib/jobs/manifest-schema.ts";
import { findOperation, operationNames } from "#lib/operations/registry.ts";
import { CommandsCard } from "../job-commands/commands-card.tsx";
import { parameterRows } from "../job-details/parameter-rows.ts";
import { paramsOf } from "../operation-form/form-values.ts";
import { SafeText } from "../safe-text.tsx";
import { selectionItems } from "../selection-items.tsx";
import { TimeEstimate } from "../time-estimate/time-estimate.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { DescriptionList } from "../ui/description-list.tsx";
import { formatBytes, formatNumber } from "../ui/number.tsx";
import { Time } from "../ui/time.tsx";
import { useCan } from "../use-can.tsx";
import { type Draft, formOf, foundOf, type StepName } from "./draft.ts";
import { draftToInput, kindOf, manifestFields } from "./draft-to-input.ts";
import { isOfNote, NoteToReviewer } from "./note-to-reviewer.tsx";
import { OperationSummary } from "./operation-summary.tsx";
import { filterOf } from "./selection.ts";
import type { StepProps } from "./step-props.ts";

/** The whole job in words and values, before it is made. */
export function ReviewStep({ draft, update, manifest: state, connections, issues, onEdit }: StepProps & { onEdit: (step: StepName) => void }) {
  const mayConfirm = useCan("job.confirm");
  const { manifest, options } = draft;
  const operation = operationNames.includes(draft.operation.name) ? findOperation(draft.operation.name) : null;
  return (
    <>
      {issues
        .filter((issue) => !isOfNote(issue))
        .map((issue) => (
          <Alert key={issue.path} tone="danger" title={issue.message} />
        ))}
      {state.problem && (
        <Alert
          tone="danger"
          title="The manifest has a problem"
          actions={
            <Button size="sm" onClick={() => onEdit("manifest")}>
              Look at the manifest
            </Button>
          }
        >
          <SafeText text={state.problem} />
        </Alert>
      )}
      <OperationSummary draft={draft} />
      <NoteToReviewer draft={draft} update={update} issues={issues} />
      <Section
        title="Manifest"
        onEdit={() => onEdit("manifest")}
        items={[
          { term: "Connection", value: connections.find((one) => one.id === manifest.connectionId)?.name },
          ...(draft.source === "bucket" ? selectedItems(draft) : manifestItems(draft, state)),
        ]}
      />
      <Section
        title="Operation"
        onEdit={() => onEdit("operation")}
        items={
          operation
            ? [
                { term: "Operation", value: operation.title },
                ...parameters(draft),
                {
                  term: "Time",
                  value: (
                    <TimeEstimate
                      connectionId={manifest.connectionId}
                      operation={operation.name}
                      dryRun={options.dryRun}
                      objects={draft.source === "csv" ? (state.preview?.aboutRows ?? null) : null}
                      about={state.preview?.whole === false}
                    />
                  ),
                },
              ]
            : []
        }
      />
      <Section
        title="Additional options"
        onEdit={() => onEdit("options")}
        items={[
          { term: "How it runs", value: options.dryRun ? "Dry run: changes nothing" : "For real" },
          { term: "Description", value: options.description.trim() === "" ? "None" : <SafeText text={options.description.trim()} /> },
          { term: "Priority", value: formatNumber(Number(options.priority)) },
          { term: "Completion report", value: reportWords(draft) },
          { term: "Execution role", value: <Code>{options.roleArn}</Code> },
          {
            term: "Job tags",
            value: options.tags.length === 0 ? "None" : <Lines lines={options.tags.map((tag) => `${tag.Key} = ${tag.Value || "(empty)"}`)} />,
          },
          {
            term: "Confirmation",
            value: `Required: nothing runs before ${mayConfirm ? "somebody" : "a reviewer or an administrator"} confirms it`,
          },
        ]}
      />
      <CommandsCard title="This job as a command, or as JSON" request={draftToInput(draft)} />
    </>
  );
}

function manifestItems(draft: Draft, state: StepProps["manifest"]): SectionProps["items"] {
  const { manifest } = draft;
  const found = foundOf(manifest);
  const location = parseObjectLocation(manifest.location);
  return [
    { term: "Manifest object", value: location && <Mono text={s3Path(location.bucket, location.key)} /> },
    { term: "ETag", value: found && <Mono text={found.etag} /> },
    { term: "Version id", value: found?.versionId ? <Mono text={found.versionId} /> : "None" },
    { term: "Size", value: found && formatBytes(found.size) },
    { term: "Last modified", value: found?.lastModified && <Time value={found.lastModified} absolute /> },
    { term: "Format", value: formatWords(draft) },
    { term: "First rows", value: firstRows(state.preview) },
  ];
}

function formatWords(draft: Draft): string {
  const kind = kindOf(draft);
  if (kind === "inventory") return "S3 Inventory: every version that is no delete marker, or each object's newest where it has no version ids";
  if (kind === "report") return "Completion report: the objects of its failed tasks";
  const fields = manifestFields(draft.manifest);
  return `CSV with ${fields.join(", ")}${fields.includes("VersionId") ? "" : ": each object's newest version"}`;
}

const selectedItems = ({ selection }: Draft): SectionProps["items"] => [
  { term: "Objects of", value: <Mono text={s3Path(parseBucket(selection.bucket) ?? selection.bucket)} /> },
  ...selectionItems({ Filter: filterOf(selection) as ManifestFilter }),
  { term: "Versions", value: "Each object's newest version" },
];

interface SectionProps {
  title: string;
  onEdit: () => void;
  items: { term: string; value: ReactNode }[];
}

const Section = ({ title, onEdit, items }: SectionProps) => (
  <Card>
    <CardHeader
      className="items-center py-2.5"
      title={title}
      actions={
        <Button size="sm" variant="ghost" onClick={onEdit} aria-label={`Edit ${title.toLowerCase()}`}>
          <Pencil aria-hidden />
          Edit
        </Button>
      }
    />
    <CardBody>
      <DescriptionList items={items} />
    </CardBody>
  </Card>
);

const Mono = ({ text }: { text: string }) => <SafeText text={text} max={160} className="font-mono text-note" />;

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <ul className="flex flex-col gap-0.5">
    {lines.map((line, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
      <li key={index}>
        <SafeText text={line} />
      </li>
    ))}
  </ul>
);

function parameters(draft: Draft): SectionProps["items"] {
  const operation = findOperation(draft.operation.name);
  const rows = parameterRows(operation.fields, paramsOf(operation, formOf(draft)));
  if (rows.length === 0) return [{ term: "Values", value: "None given" }];
  return rows.map((row) => ({
    term: row.label,
    value: row.kind === "datetime" ? row.lines.map((line) => <Time key={line} value={line} absolute />) : <Lines lines={row.lines} />,
  }));
}

function firstRows(preview: StepProps["manifest"]["preview"]): string {
  if (!preview) return "";
  const words = `${formatNumber(preview.checked)} checked, ${preview.wrong === 0 ? "no problem found" : `${formatNumber(preview.wrong)} wrong`}`;
  return preview.whole ? `${words}: this is the whole manifest` : `${words}: the whole manifest is counted and checked when the job is prepared`;
}

function reportWords({ options }: Draft): ReactNode {
  if (!options.report) return "None: failed objects cannot be told one by one afterwards";
  const scope = options.reportScope === "AllTasks" ? "All tasks" : "Failed tasks only";
  return (
    <>
      {scope}, in <Mono text={s3Path(parseBucket(options.reportBucket) ?? options.reportBucket, options.reportPrefix)} />
    </>
  );
}
