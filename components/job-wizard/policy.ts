import { bucketArn } from "#lib/jobs/arn.ts";
import type { Permission } from "#lib/operations/operation.ts";

interface Needs {
  /** What the operation needs on the objects of each bucket. */
  operation: readonly Permission[];
  /** What reading or making the list of objects needs. */
  list: readonly Permission[];
  report: { bucket: string; prefix: string } | null;
}

/** What an execution role must be allowed, as an IAM policy; actions on one resource stand together. */
export function policyOf({ operation, list, report }: Needs): string {
  const permissions: Permission[] = [
    ...operation,
    ...list,
    ...(report ? [{ action: "s3:PutObject", resource: `${bucketArn(report.bucket)}/${report.prefix}*` }] : []),
  ];
  const byResource = new Map<string, Set<string>>();
  for (const { action, resource } of permissions) {
    const actions = byResource.get(resource) ?? new Set<string>();
    byResource.set(resource, actions.add(action));
  }
  const statements = [...byResource].map(([resource, actions]) => ({ Effect: "Allow", Action: [...actions], Resource: resource }));
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);
}

export const readsManifest = (arn: string): Permission[] => [
  { action: "s3:GetObject", resource: arn },
  { action: "s3:GetObjectVersion", resource: arn },
];
export const listsBucket = (arn: string): Permission[] => [{ action: "s3:ListBucket", resource: arn }];
