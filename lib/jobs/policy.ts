import type { Permission } from "../operations/operation.ts";
import { operationOfJob } from "../operations/registry.ts";
import { bucketArn, parseS3Arn } from "./arn.ts";
import type { JobDefinition } from "./job-schema.ts";
import { type ManifestFilter, type ManifestKind, manifestKind } from "./manifest-schema.ts";

interface Needs {
  /** What the operation needs on the objects of each bucket. */
  operation: readonly Permission[];
  /** What reading or making the list of objects needs. */
  list: readonly Permission[];
  report: { bucket: string; prefix: string } | null;
}

/** What an execution role must be allowed, as an IAM policy; actions on one resource stand together. */
export function policyOf({ operation, list, report }: Needs): string {
  const permissions: Permission[] = [...operation, ...list, ...(report ? writesUnder(report.bucket, reportPrefix(report.prefix)) : [])];
  const byResource = new Map<string, Set<string>>();
  for (const { action, resource } of permissions) {
    const actions = byResource.get(resource) ?? new Set<string>();
    byResource.set(resource, actions.add(action));
  }
  const statements = [...byResource].map(([resource, actions]) => ({ Effect: "Allow", Action: [...actions], Resource: resource }));
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);
}

/** @param buckets that the job's objects are in */
export function policyOfJob({ Operation, Manifest, ManifestGenerator, Report, DryRun }: JobDefinition, buckets: readonly string[]): string {
  const { operation, params } = operationOfJob({ Operation, DryRun });
  const generator = ManifestGenerator?.S3JobManifestGenerator;
  const kept = generator?.EnableManifestOutput ? generator.ManifestOutputLocation : undefined;
  return policyOf({
    operation: buckets.flatMap((bucket) => operation.permissions(params, bucket)),
    list: [
      ...(Manifest ? readsManifest(Manifest.Location.ObjectArn, manifestKind(Manifest.Spec.Format)) : []),
      ...(generator ? listsBucket(generator.SourceBucket, generator.Filter) : []),
      ...(kept ? writesUnder(parseS3Arn(kept.Bucket)?.bucket ?? "", kept.ManifestPrefix ?? "") : []),
    ],
    report: Report.Enabled ? { bucket: parseS3Arn(Report.Bucket)?.bucket ?? "", prefix: Report.Prefix ?? "" } : null,
  });
}

/** What is large is uploaded in parts, and given up where that fails. */
const writesUnder = (bucket: string, prefix: string): Permission[] =>
  ["s3:PutObject", "s3:AbortMultipartUpload"].map((action) => ({ action, resource: `${bucketArn(bucket)}/${prefix}*` }));

/** As reports are named, see report-location.ts. */
const reportPrefix = (prefix: string): string => (prefix === "" ? "job-" : `${prefix.replace(/\/$/, "")}/job-`);

/** @param kind an inventory and a report list their objects in other files, which lie where their writers put them */
export const readsManifest = (arn: string, kind: ManifestKind = "csv"): Permission[] => [
  { action: "s3:GetObject", resource: arn },
  { action: "s3:GetObjectVersion", resource: arn },
  ...(kind === "report" ? [{ action: "s3:GetObject", resource: `${above(arn, 1)}/results/*` }] : []),
  ...(kind === "inventory" ? [{ action: "s3:GetObject", resource: `${above(arn, 2)}/data/*` }] : []),
];

/** The folder so many levels above an object, or its bucket. */
const above = (arn: string, levels: number): string => {
  const parts = arn.split("/");
  return parts.slice(0, Math.max(1, parts.length - levels)).join("/");
};

/** @param filter what a list does not tell is asked of the objects, and of the bucket's replication */
export function listsBucket(arn: string, filter: ManifestFilter = {}): Permission[] {
  const { ObjectReplicationStatuses, MatchAnyObjectEncryption, EligibleForReplication, MatchAnyTag } = filter;
  const actions = [
    ...(ObjectReplicationStatuses || MatchAnyObjectEncryption || EligibleForReplication ? ["s3:GetObject"] : []),
    ...(MatchAnyTag || EligibleForReplication ? ["s3:GetObjectTagging"] : []),
  ];
  return [
    { action: "s3:ListBucket", resource: arn },
    ...(EligibleForReplication ? [{ action: "s3:GetReplicationConfiguration", resource: arn }] : []),
    ...actions.map((action) => ({ action, resource: `${arn}/*` })),
  ];
}
