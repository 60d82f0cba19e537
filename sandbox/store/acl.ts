/** Who is granted something: an account by its canonical id, or one of S3's groups. */
export type Grantee = { type: "CanonicalUser"; id: string } | { type: "Group"; uri: string };

export const aclPermissions = ["FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP"] as const;

export interface Grant {
  grantee: Grantee;
  permission: (typeof aclPermissions)[number];
}

/** null: private, all to the owner alone. */
export type Acl = Grant[] | null;

/** Earlier versions of the sandbox kept the headers, and told them to nobody. */
export function readAcl(text: unknown): Acl {
  if (text === "null" || text === "{}") return null;
  const value: unknown = JSON.parse(String(text));
  return Array.isArray(value) ? value : null;
}
