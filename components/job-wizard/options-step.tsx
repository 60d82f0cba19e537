"use client";
import { parseBucket, parseObjectLocation } from "#lib/browse/s3-location.ts";
import { GroupField } from "../operation-form/group-field.tsx";
import { TagRows } from "../operation-form/tag-rows.tsx";
import { BucketInput, PrefixInput } from "../s3-browser/bucket-input.tsx";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { RadioCards } from "../ui/radio-cards.tsx";
import { sentence } from "../ui/sentence.ts";
import { Switch } from "../ui/switch.tsx";
import type { OptionsDraft } from "./draft.ts";
import { RoleCard } from "./role-card.tsx";
import { errorAt, type StepProps } from "./step-props.ts";

const descriptionLimit = 256;
const scopes = [
  { value: "AllTasks" as const, title: "All tasks", description: "One row for every object of the manifest." },
  { value: "FailedTasksOnly" as const, title: "Failed tasks only", description: "Rows only for the objects that failed." },
];

const runs = [
  { value: "real" as const, title: "For real", description: "Every object is worked on." },
  {
    value: "dry" as const,
    title: "Dry run: changes nothing",
    description: "Every object is read, and the report says what would change. You can run it for real afterwards.",
  },
];

/** Everything about the job that is neither its objects nor its operation. */
export function OptionsStep(props: StepProps) {
  const { draft, update, issues } = props;
  const { options, manifest } = draft;
  const change = (part: Partial<OptionsDraft>) => update((now) => ({ ...now, options: { ...now.options, ...part } }));
  const error = (path: string, label: string): string | undefined => {
    const message = errorAt(issues, path);
    return message === undefined ? undefined : sentence(label, message);
  };
  const listedBucket = draft.source === "bucket" ? parseBucket(draft.selection.bucket) : parseObjectLocation(manifest.location)?.bucket;
  return (
    <>
      <Card>
        <CardHeader title="Job" />
        <CardBody className="flex flex-col gap-5">
          <Field
            label="How it runs"
            required
            group
            help={options.dryRun && !options.report ? "Without a completion report, a dry run tells only how many objects could be read." : undefined}
          >
            <RadioCards columns={2} value={options.dryRun ? "dry" : "real"} onValueChange={(how) => change({ dryRun: how === "dry" })} options={runs} />
          </Field>
          <Field
            label="Description"
            htmlFor="job-description"
            aside={`${[...options.description].length} / ${descriptionLimit}`}
            error={error("Description", "The description")}
            help="What you will recognise the job by in the list."
          >
            <Input id="job-description" autoComplete="off" value={options.description} onChange={(event) => change({ description: event.target.value })} />
          </Field>
          <Field
            label="Priority"
            required
            htmlFor="job-priority"
            error={error("Priority", "The priority")}
            help="From 0 to 2,147,483,647. Jobs with a higher number go first; you can change it while the job runs."
          >
            <Input
              id="job-priority"
              inputMode="numeric"
              autoComplete="off"
              className="max-w-40 tabular-nums"
              value={options.priority}
              onChange={(event) => change({ priority: event.target.value })}
            />
          </Field>
          <GroupField id="job-tags" label="Job tags" help="For finding and grouping jobs. They are not put on the objects." error={error("Tags", "The list")}>
            <TagRows
              id="job-tags"
              tags={options.tags}
              onChange={(tags) => change({ tags })}
              errorAt={(index, part) => errorAt(issues, `Tags.${index}.${part}`)}
            />
          </GroupField>
        </CardBody>
      </Card>
      <Card>
        <CardHeader
          title="Completion report"
          description="A CSV in S3 with what became of each object. Without it, failed objects cannot be told one by one afterwards."
        />
        <CardBody className="flex flex-col gap-5">
          <Switch checked={options.report} onCheckedChange={(report) => change({ report })} label="Write a completion report" />
          {options.report && (
            <>
              <Field label="Scope" required group>
                <RadioCards columns={2} value={options.reportScope} onValueChange={(reportScope) => change({ reportScope })} options={scopes} />
              </Field>
              <div className="grid gap-5 md:grid-cols-2">
                <Field label="Report bucket" required htmlFor="report-bucket" error={error("Report.Bucket", "The bucket")}>
                  <BucketInput
                    id="report-bucket"
                    value={options.reportBucket}
                    onChange={(reportBucket) => change({ reportBucket })}
                    connectionId={manifest.connectionId}
                    title="Choose the report bucket"
                  />
                </Field>
                <Field label="Report prefix" htmlFor="report-prefix" error={error("Report.Prefix", "The prefix")}>
                  <PrefixInput
                    id="report-prefix"
                    value={options.reportPrefix}
                    onChange={(reportPrefix) => change({ reportPrefix })}
                    onPick={(bucket, prefix) => change({ reportBucket: bucket, reportPrefix: prefix })}
                    bucket={options.reportBucket}
                    connectionId={manifest.connectionId}
                    placeholder="batch-reports"
                  />
                </Field>
              </div>
              {listedBucket && options.reportBucket.trim() === "" && (
                <div>
                  <Button size="sm" onClick={() => change({ reportBucket: listedBucket })}>
                    {draft.source === "bucket" ? "Use the objects' bucket" : "Use the manifest's bucket"}
                  </Button>
                </div>
              )}
              {parseBucket(options.reportBucket) !== null && (
                <p className="text-note text-text-muted [overflow-wrap:anywhere]">
                  Written to <span className="font-mono text-text">{reportPlace(options)}</span>
                </p>
              )}
            </>
          )}
        </CardBody>
      </Card>
      <RoleCard {...props} change={change} error={error("RoleArn", "The role")} />
      <Alert tone="info" title="This job asks for a confirmation">
        Nothing runs when you create it. Longshore {draft.source === "bucket" ? "lists the objects" : "reads the whole manifest"} first; the job then waits
        until somebody has seen the number of objects and confirms it. Jobs from the console always do.
      </Alert>
    </>
  );
}

/** As the worker names it: a slash stands between the prefix and the job's folder. */
function reportPlace({ reportBucket, reportPrefix }: OptionsDraft): string {
  const prefix = reportPrefix === "" || reportPrefix.endsWith("/") ? reportPrefix : `${reportPrefix}/`;
  return `s3://${parseBucket(reportBucket)}/${prefix}job-…/`;
}
