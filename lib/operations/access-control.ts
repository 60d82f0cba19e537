import { z } from "zod";
import { escapeXml } from "../s3/escape-xml.ts";
import type { Steps, Task } from "./operation.ts";
import { childrenOf, elementOf, parseAnswer, textOf, type XmlElement } from "./read-answer.ts";

export const cannedAcls = [
  "private",
  "public-read",
  "public-read-write",
  "aws-exec-read",
  "authenticated-read",
  "bucket-owner-read",
  "bucket-owner-full-control",
] as const;
export type CannedAcl = (typeof cannedAcls)[number];

const permissions = ["FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP"] as const;
/** The header that grants each permission on an object; S3 has none for WRITE, which is for buckets. */
export const grantHeaders = {
  FULL_CONTROL: "x-amz-grant-full-control",
  READ: "x-amz-grant-read",
  READ_ACP: "x-amz-grant-read-acp",
  WRITE_ACP: "x-amz-grant-write-acp",
} as const;

/** A header's value: what HTTP can carry without being split or cut. */
export const headerText = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\x20-\x7e]*$/, "may have printable ASCII characters only, as HTTP headers carry it");

export const grantSchema = z.object({
  Grantee: z.object({
    TypeIdentifier: z.enum(["id", "emailAddress", "uri"]),
    Identifier: headerText(1024).refine((text) => !text.includes('"'), 'may not have a "'),
    DisplayName: z.string().min(1).max(1024).optional(),
  }),
  Permission: z.enum(permissions).refine((permission) => permission !== "WRITE", "WRITE is for buckets: S3 does not grant it on an object"),
});
export type Grant = z.infer<typeof grantSchema>;

/** The headers that grant this, and nothing else. */
export function grantHeadersOf(grants: readonly Grant[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [permission, header] of Object.entries(grantHeaders)) {
    const grantees = grants.filter((grant) => grant.Permission === permission);
    if (grantees.length > 0) headers[header] = grantees.map(({ Grantee }) => `${Grantee.TypeIdentifier}="${Grantee.Identifier}"`).join(", ");
  }
  return headers;
}

const granteeElements = {
  id: { type: "CanonicalUser", element: "ID" },
  emailAddress: { type: "AmazonCustomerByEmail", element: "EmailAddress" },
  uri: { type: "Group", element: "URI" },
} as const;

/** The document that gives an object of this owner exactly these grants. */
export function aclXml(ownerId: string, grants: readonly Grant[]): string {
  const lines = grants.map(({ Grantee, Permission }) => {
    const { type, element } = granteeElements[Grantee.TypeIdentifier];
    const who = `<${element}>${escapeXml(Grantee.Identifier)}</${element}>`;
    return `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}">${who}</Grantee><Permission>${Permission}</Permission></Grant>`;
  });
  return `<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>${escapeXml(ownerId)}</ID></Owner><AccessControlList>${lines.join("")}</AccessControlList></AccessControlPolicy>`;
}

/** Who may do what with an object: its owner's canonical id, and grants in S3's own words. */
export interface Acl {
  ownerId: string;
  grants: { permission: string; grantee: Grantee }[];
}
export interface Grantee {
  type: keyof typeof granteeElements;
  identifier: string;
}

export function* readAcl({ bucket, key, versionId }: Task): Steps<Acl> {
  const answer = yield { method: "GET", bucket, key, versionId, query: { acl: "" }, headers: {}, body: "", wantsAnswer: true };
  const policy = parseAnswer(answer, "AccessControlPolicy");
  return {
    ownerId: textOf(elementOf(policy.Owner).ID),
    grants: childrenOf(policy.AccessControlList, "Grant").map((grant) => ({
      permission: textOf(grant.Permission),
      grantee: granteeOf(elementOf(grant.Grantee)),
    })),
  };
}

function granteeOf(element: XmlElement): Grantee {
  if (textOf(element.URI) !== "") return { type: "uri", identifier: textOf(element.URI) };
  if (textOf(element.EmailAddress) !== "") return { type: "emailAddress", identifier: textOf(element.EmailAddress) };
  return { type: "id", identifier: textOf(element.ID) };
}

const groups: Record<string, string> = {
  "http://acs.amazonaws.com/groups/global/AllUsers": "everybody",
  "http://acs.amazonaws.com/groups/global/AuthenticatedUsers": "every signed-in user",
  "http://acs.amazonaws.com/groups/s3/LogDelivery": "the log delivery",
};

/** For people: "FULL_CONTROL to the owner, READ to everybody", the same for the same grants in any order. */
export function aclWords({ ownerId, grants }: Acl): string {
  const who = ({ identifier }: Grantee) => (identifier === ownerId ? "the owner" : (groups[identifier] ?? identifier));
  const words = grants.map(({ permission, grantee }) => `${permission} to ${who(grantee)}`);
  return words.length === 0 ? "nobody" : [...new Set(words)].sort().join(", ");
}

const everybody: Grantee = { type: "uri", identifier: "http://acs.amazonaws.com/groups/global/AllUsers" };
const signedIn: Grantee = { type: "uri", identifier: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers" };
const others: Partial<Record<CannedAcl, Acl["grants"]>> = {
  private: [],
  "public-read": [{ permission: "READ", grantee: everybody }],
  "public-read-write": [
    { permission: "READ", grantee: everybody },
    { permission: "WRITE", grantee: everybody },
  ],
  "authenticated-read": [{ permission: "READ", grantee: signedIn }],
};

/** What a canned ACL grants on an object of this owner; null where it depends on who else is concerned. */
export function cannedGrants(canned: CannedAcl, ownerId: string): Acl["grants"] | null {
  const more = others[canned];
  return more ? [{ permission: "FULL_CONTROL", grantee: { type: "id", identifier: ownerId } }, ...more] : null;
}
