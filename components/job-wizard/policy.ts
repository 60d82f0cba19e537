import { bucketArn } from "#lib/jobs/arn.ts";
import type { Permission } from "#lib/operations/operation.ts";

interface Needs {
  /** What the operation needs on the objects of each bucket. */
  operation: readonly Permission[];
  manifestArn: string;
  report: { bucket: string; prefix: string } | null;
}

/** What an execution role must be allowed, as an IAM policy; actions on one resource stand together. */
export function policyOf({ operation, manifestArn, report }: Needs): string {
  const permissions: Permission[] = [
    ...operation,
    { action: "s3:GetObject", resource: manifestArn },
    { action: "s3:GetObjectVersion", resource: manifestArn },
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
