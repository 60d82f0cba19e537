import { S3Error } from "../s3-error.ts";
import type { Credentials } from "./verify-signature.ts";

export interface SandboxUser extends Credentials {
  name: string;
  /** What the user may not do, as IAM actions with `*`: everything else is allowed. */
  policy?: {
    deny?: string[];
    denyBuckets?: Record<string, string[]>;
  };
}

/** An IAM action and the bucket it is asked for. */
export interface Permission {
  action: string;
  bucket: string;
}

function matches(pattern: string, action: string): boolean {
  const [start = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === action;
  return action.startsWith(start) && action.endsWith(rest.at(-1) ?? "");
}

/** @throws S3Error AccessDenied naming the user and the action. */
export function authorize(user: SandboxUser, permissions: readonly Permission[]): void {
  if (!user.policy) return;
  for (const { action, bucket } of permissions) {
    const denied = [...(user.policy.deny ?? []), ...(user.policy.denyBuckets?.[bucket] ?? [])];
    if (denied.some((pattern) => matches(pattern, action)))
      throw new S3Error("AccessDenied", `User ${user.name} is not authorized to perform ${action} on bucket "${bucket}" because of an explicit deny`);
  }
}
