import { S3Error } from "../s3-error.ts";
import type { Credentials } from "./verify-signature.ts";

export interface SandboxUser extends Credentials {
  name: string;
  policy?: Policy | undefined;
}

/** What somebody may do. Without `allow` all that is not denied is allowed. */
export interface Policy {
  /** IAM actions with `*`, refused everywhere. */
  deny?: string[] | undefined;
  /** The same for single buckets. */
  denyBuckets?: Record<string, string[]> | undefined;
  /** When given, all else is refused. */
  allow?: AllowStatement[] | undefined;
}

/** As in IAM: `s3:Get*` and `arn:aws:s3:::bucket/prefix/*`. */
export interface AllowStatement {
  action: string | string[];
  resource: string | string[];
}

/** An IAM action and what it is asked for: an object, a bucket when there is no key, or the service when there is neither. */
export interface Permission {
  action: string;
  bucket: string;
  key?: string | undefined;
  /** The ARN of what is no bucket and no object. */
  resource?: string | undefined;
}

const patterns = new Map<string, RegExp>();

/** IAM's wildcards: `*` is any text, `?` one character. */
function matches(pattern: string, text: string, flags = ""): boolean {
  const name = `${flags}/${pattern}`;
  let compiled = patterns.get(name);
  if (!compiled) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*+/g, "[^]*")
      .replaceAll("?", "[^]");
    compiled = new RegExp(`^${source}$`, flags);
    patterns.set(name, compiled);
  }
  return compiled.test(text);
}

const list = (value: string | string[]): string[] => (typeof value === "string" ? [value] : value);

const resourceOf = ({ bucket, key, resource }: Permission): string => resource ?? `arn:aws:s3:::${bucket}${key ? `/${key}` : ""}`;

const isGiven = (statement: AllowStatement, permission: Permission): boolean =>
  list(statement.action).some((action) => matches(action, permission.action, "i")) &&
  list(statement.resource).some((resource) => matches(resource, resourceOf(permission)));

/** Why somebody may not; undefined when they may. */
function refusal({ policy }: SandboxUser, permission: Permission): string | undefined {
  if (!policy) return undefined;
  const { action, bucket } = permission;
  const denied = [...(policy.deny ?? []), ...(policy.denyBuckets?.[bucket] ?? [])];
  if (denied.some((pattern) => matches(pattern, action, "i"))) return "with an explicit deny";
  if (!policy.allow || policy.allow.some((statement) => isGiven(statement, permission))) return undefined;
  return `because no identity-based policy allows the ${action} action`;
}

export const mayDo = (user: SandboxUser, permission: Permission): boolean => refusal(user, permission) === undefined;

/** @throws S3Error AccessDenied naming the user, the action and the resource. */
export function authorize(user: SandboxUser, permissions: readonly Permission[]): void {
  if (!user.policy) return;
  for (const permission of permissions) {
    const reason = refusal(user, permission);
    if (reason !== undefined)
      throw new S3Error(
        "AccessDenied",
        `User ${user.name} is not authorized to perform: ${permission.action} on resource: "${resourceOf(permission)}" ${reason}`,
      );
  }
}
