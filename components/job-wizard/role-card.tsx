"use client";
import Link from "next/link";
import { parseBucket, toObjectArn } from "#lib/browse/s3-location.ts";
import { bucketArn } from "#lib/jobs/arn.ts";
import { listsBucket, policyOf, readsManifest } from "#lib/jobs/policy.ts";
import { findOperation, operationNames, operationOfJob } from "#lib/operations/registry.ts";
import { paramsOf } from "../operation-form/form-values.ts";
import { PolicyBlock } from "../policy-block.tsx";
import { Alert } from "../ui/alert.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { type Draft, formOf, type OptionsDraft } from "./draft.ts";
import { generatorOf } from "./selection.ts";
import type { StepProps } from "./step-props.ts";

export interface RoleCardProps extends StepProps {
  change: (part: Partial<OptionsDraft>) => void;
  error: string | undefined;
}

/** Whose rights the job's tasks have, and which they need. */
export function RoleCard({ draft, roles, manifest, change, error }: RoleCardProps) {
  const onConnection = roles.filter((role) => role.connection.id === draft.manifest.connectionId);
  const policy = neededPolicy(draft, bucketsOf(draft, manifest.preview));
  return (
    <Card>
      <CardHeader title="Execution role" description="The job works with this role's keys only, never with Longshore's own." />
      <CardBody className="flex flex-col gap-5">
        {onConnection.length === 0 && (
          <Alert
            tone="warning"
            title="This connection has no execution role yet"
            actions={
              <Link href="/roles" className="font-medium text-accent-text hover:underline">
                Open Execution roles
              </Link>
            }
          >
            An administrator adds one under Execution roles: an ARN and the keys that tasks run with. Your draft stays here meanwhile.
          </Alert>
        )}
        <Field label="Role" required htmlFor="job-role" error={error}>
          <Select
            id="job-role"
            value={draft.options.roleArn}
            onValueChange={(roleArn) => change({ roleArn })}
            options={onConnection.map((role) => ({
              value: role.arn,
              label: role.arn,
              ...(!role.mayPass && { disabled: true, description: "You are not on its list of people who may create jobs with it." }),
            }))}
            placeholder="Choose a role"
          />
        </Field>
        {onConnection.length > 0 && !onConnection.some((role) => role.mayPass) && (
          <Alert tone="warning" title="None of this connection’s roles is yours to use">
            Each lists who may create jobs with it. Ask an administrator to add you to one, under Execution roles. Your draft stays here meanwhile.
          </Alert>
        )}
        {policy && (
          <details className="group min-w-0">
            <summary className="cursor-pointer select-none rounded font-medium text-note text-accent-text hover:underline">
              What the role must be allowed
            </summary>
            <div className="mt-2.5">
              <PolicyBlock policy={policy} />
            </div>
          </details>
        )}
      </CardBody>
    </Card>
  );
}

/** Those that the manifest's first rows name, or the one that is listed. */
function bucketsOf(draft: Draft, preview: StepProps["manifest"]["preview"]): readonly string[] {
  if (draft.source !== "bucket") return preview?.buckets ?? [];
  const bucket = parseBucket(draft.selection.bucket);
  return bucket === null ? [] : [bucket];
}

/** @param buckets those of the objects */
function neededPolicy(draft: Draft, buckets: readonly string[]): string | null {
  const { name } = draft.operation;
  if (!operationNames.includes(name)) return null;
  const operation = findOperation(name);
  const params = operation.schema.safeParse(paramsOf(operation, formOf(draft)));
  if (!params.success) return null;
  const { report, reportBucket, reportPrefix, dryRun } = draft.options;
  const job = operationOfJob({ Operation: { [name]: params.data }, DryRun: dryRun });
  const place = parseBucket(reportBucket);
  return policyOf({
    operation: (buckets.length > 0 ? buckets : ["BUCKET-OF-THE-OBJECTS"]).flatMap((bucket) => job.operation.permissions(job.params, bucket)),
    list:
      draft.source === "bucket"
        ? listsBucket(bucketArn(buckets[0] ?? "BUCKET-OF-THE-OBJECTS"), generatorOf(draft.selection).S3JobManifestGenerator.Filter)
        : readsManifest(toObjectArn(draft.manifest.location), draft.source),
    report: report ? { bucket: place ?? "REPORT-BUCKET", prefix: reportPrefix } : null,
  });
}
