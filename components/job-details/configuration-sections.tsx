import type { ReactNode } from "react";
import { s3Path } from "#lib/browse/s3-location.ts";
import { parseS3Arn } from "#lib/jobs/arn.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { type JobManifest, manifestKind } from "#lib/jobs/manifest-schema.ts";
import { operationOf } from "#lib/operations/registry.ts";
import { ConnectionName } from "../connection-name.tsx";
import { Copyable } from "../copyable.tsx";
import { limitsWords } from "../limits-words.ts";
import { s3PathOf } from "../s3-path-of.ts";
import { SafeText } from "../safe-text.tsx";
import { selectionItems } from "../selection-items.tsx";
import { Badge } from "../ui/badge.tsx";
import { Code } from "../ui/code.tsx";
import { DescriptionList } from "../ui/description-list.tsx";
import { formatBytes, formatNumber } from "../ui/number.tsx";
import { Time } from "../ui/time.tsx";
import { type ParameterRow, parameterRows } from "./parameter-rows.ts";

/** configuration-list.tsx loads it. */
export function ConfigurationSections({ job }: { job: JobDetails }) {
  const { Operation, Report } = job.definition;
  const { operation, params } = operationOf(Operation);
  return (
    <div className="flex flex-col gap-6">
      <Section title="Manifest">
        <DescriptionList items={manifestItems(job)} />
      </Section>
      <Section title={operation.title}>
        <ParameterSections rows={parameterRows(operation.fields, params)} />
      </Section>
      <Section title="Completion report">
        {Report.Enabled ? (
          <DescriptionList
            items={[
              {
                term: "Destination",
                value: <Copyable text={s3Path(parseS3Arn(Report.Bucket)?.bucket ?? Report.Bucket, Report.Prefix)} label="Copy the report's path" />,
              },
              {
                term: "Rows",
                value: Report.ReportScope === "AllTasks" ? "All tasks" : "Failed tasks only",
              },
            ]}
          />
        ) : (
          <p className="text-text-muted">None is written.</p>
        )}
      </Section>
      <Section title="Job">
        <DescriptionList
          items={[
            {
              term: "Connection",
              value: <ConnectionName connection={job.connection} />,
            },
            {
              term: "Execution role",
              value: <Copyable text={job.definition.RoleArn} label="Copy the role's ARN" />,
            },
            {
              term: "Priority",
              value: <span className="tabular-nums">{formatNumber(job.priority)}</span>,
            },
            { term: "Limits", value: limitsWords(job.limits) },
            {
              term: "Confirmation",
              value: job.confirmationRequired ? "Needed before it runs" : "Not needed",
            },
            { term: "Created", value: <CreatedBy job={job} /> },
            {
              term: "Job ARN",
              value: <Copyable text={job.arn} label="Copy the job's ARN" />,
            },
            {
              term: "Job tags",
              value: job.tags.length > 0 ? <Tags tags={job.tags} /> : "None",
            },
          ]}
        />
      </Section>
    </div>
  );
}

function manifestItems(job: JobDetails): { term: string; value: ReactNode }[] {
  const { Manifest, ManifestGenerator } = job.definition;
  const size = { term: "Size", value: job.manifestBytes === null ? null : formatBytes(job.manifestBytes) };
  if (Manifest) {
    const { ObjectArn, ETag, ObjectVersionId } = Manifest.Location;
    return [
      { term: "Object", value: <Copyable text={s3PathOf(ObjectArn)} label="Copy the manifest's path" /> },
      { term: "ETag", value: <Code>{ETag}</Code> },
      ...(ObjectVersionId ? [{ term: "Version", value: <Code>{ObjectVersionId}</Code> }] : []),
      { term: "Format", value: formatWords(Manifest) },
      size,
    ];
  }
  if (!ManifestGenerator) return [];
  const { S3JobManifestGenerator: generator } = ManifestGenerator;
  return [
    { term: "Objects of", value: <Copyable text={s3PathOf(generator.SourceBucket)} label="Copy the bucket's path" /> },
    ...selectionItems(generator),
    { term: "List is kept", value: keptList(job) },
    size,
  ];
}

const formatWords = ({ Spec }: JobManifest): string =>
  ({ csv: `CSV with ${Spec.Fields?.join(", ")}`, inventory: "S3 Inventory", report: "Failed tasks of a completion report" })[manifestKind(Spec.Format)];

function keptList({ definition, generatedManifest }: JobDetails): ReactNode {
  if (generatedManifest !== null) return <Copyable text={s3PathOf(generatedManifest)} label="Copy the kept list's path" />;
  const { EnableManifestOutput, ManifestOutputLocation: output } = definition.ManifestGenerator?.S3JobManifestGenerator ?? {};
  return EnableManifestOutput && output ? `In ${s3Path(parseS3Arn(output.Bucket)?.bucket ?? output.Bucket, output.ManifestPrefix)}` : "No";
}

const CreatedBy = ({ job }: { job: JobDetails }) => (
  <>
    <Time value={job.createdAt} absolute />
    {job.createdBy && ` by ${job.createdBy}`}
  </>
);

const Tags = ({ tags }: { tags: JobDetails["tags"] }) => (
  <span className="flex flex-wrap gap-1.5">
    {tags.map((tag) => (
      <Badge key={tag.Key} className="h-auto min-h-5.5 whitespace-normal [overflow-wrap:anywhere]">
        <SafeText text={tag.Value === "" ? tag.Key : `${tag.Key} = ${tag.Value}`} />
      </Badge>
    ))}
  </span>
);

function ParameterSections({ rows }: { rows: readonly ParameterRow[] }) {
  if (rows.length === 0) return <p className="text-text-muted">No parameters.</p>;
  return (
    <DescriptionList
      items={rows.map((row) => ({
        term: row.label,
        value: (
          <span className="flex flex-col gap-0.5">
            {row.lines.map((line) => (
              <SafeText key={line} text={line} />
            ))}
          </span>
        ),
      }))}
    />
  );
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h3 className="mb-2.5 font-medium text-note text-text">{title}</h3>
    {children}
  </section>
);
