import { S3Error } from "../s3-error.ts";
import { type Acl, aclPermissions, type Grant, type Grantee } from "../store/acl.ts";
import { readXml, type XmlElement } from "../xml/read-xml.ts";
import { attributed, document, element } from "../xml/write-xml.ts";
import type { Call } from "./operation.ts";

const allUsers: Grantee = { type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers" };
const authenticatedUsers: Grantee = { type: "Group", uri: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers" };
const logDelivery: Grantee = { type: "Group", uri: "http://acs.amazonaws.com/groups/s3/LogDelivery" };
const groups = [allUsers, authenticatedUsers, logDelivery];
/** The account of Amazon EC2, which reads images. */
const ec2: Grantee = { type: "CanonicalUser", id: "6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c" };

/** What each canned ACL grants beside all to the owner. The bucket's owner owns all objects here. */
const canned: Record<string, readonly Grant[]> = {
  private: [],
  "public-read": [{ grantee: allUsers, permission: "READ" }],
  "public-read-write": [
    { grantee: allUsers, permission: "READ" },
    { grantee: allUsers, permission: "WRITE" },
  ],
  "authenticated-read": [{ grantee: authenticatedUsers, permission: "READ" }],
  "aws-exec-read": [{ grantee: ec2, permission: "READ" }],
  "bucket-owner-read": [],
  "bucket-owner-full-control": [],
};

const grantHeaders: Record<string, Grant["permission"]> = {
  "x-amz-grant-full-control": "FULL_CONTROL",
  "x-amz-grant-read": "READ",
  "x-amz-grant-write": "WRITE",
  "x-amz-grant-read-acp": "READ_ACP",
  "x-amz-grant-write-acp": "WRITE_ACP",
};

const MAX_GRANTS = 100;

const ownerGrant = (call: Call): Grant => ({ grantee: { type: "CanonicalUser", id: call.owner.id }, permission: "FULL_CONTROL" });

function canonicalUser(call: Call, id: string): Grantee {
  if (id !== call.owner.id && !/^([0-9a-f]{64}|\d{12})$/.test(id))
    throw new S3Error("InvalidArgument", "Invalid id", { ArgumentName: "CanonicalUser/ID", ArgumentValue: id });
  return { type: "CanonicalUser", id };
}

function group(uri: string): Grantee {
  const known = groups.find((candidate) => candidate.type === "Group" && candidate.uri === uri);
  if (!known) throw new S3Error("InvalidArgument", "Invalid group uri", { ArgumentName: "Group/URI", ArgumentValue: uri });
  return known;
}

const noEmail = () => new S3Error("UnresolvableGrantByEmailAddress");

/** `id="…", uri="…"` */
const granteesOfHeader = (call: Call, header: string): Grantee[] =>
  header.split(",").map((part) => {
    const [, kind, value = ""] = /^\s*(id|uri|emailAddress)\s*=\s*"?([^"]*)"?\s*$/i.exec(part) ?? [];
    if (kind === undefined) throw new S3Error("InvalidArgument", "Argument format not recognized", { ArgumentValue: header });
    if (kind.toLowerCase() === "id") return canonicalUser(call, value);
    if (kind.toLowerCase() === "uri") return group(value);
    throw noEmail();
  });

/** The ACL that a request's headers ask for; undefined when they ask for none. @throws S3Error InvalidArgument, InvalidRequest */
export function aclOfHeaders(call: Call): Acl | undefined {
  const name = call.headers.get("x-amz-acl");
  const grants: Grant[] = [];
  for (const header of call.headers.keys()) {
    if (!header.startsWith("x-amz-grant-")) continue;
    const permission = grantHeaders[header];
    if (!permission) throw new S3Error("NotImplemented", undefined, { Header: header });
    for (const grantee of granteesOfHeader(call, call.headers.get(header) ?? "")) grants.push({ grantee, permission });
  }
  if (name === undefined) return grants.length === 0 ? undefined : grants;
  const beside = canned[name];
  if (!beside) throw new S3Error("InvalidArgument", undefined, { ArgumentName: "x-amz-acl", ArgumentValue: name });
  if (grants.length > 0) throw new S3Error("InvalidRequest", "Specifying both Canned ACLs and Header Grants is not allowed");
  return beside.length === 0 ? null : [ownerGrant(call), ...beside];
}

export const ownsAll = (call: Call): boolean => call.store.buckets.get(call.bucket).settings.ownership === "BucketOwnerEnforced";

/** The ACL of a new object. @throws S3Error AccessControlListNotSupported where the bucket has none, and as `aclOfHeaders` */
export function newAcl(call: Call): Acl {
  const acl = aclOfHeaders(call) ?? null;
  if (ownsAll(call) && (acl || !["bucket-owner-full-control", undefined].includes(call.headers.get("x-amz-acl"))))
    throw new S3Error("AccessControlListNotSupported");
  return acl;
}

function granteeOfElement(call: Call, grantee: XmlElement): Grantee {
  const [id, uri] = [grantee.textOf("ID"), grantee.textOf("URI")];
  if (id !== undefined) return canonicalUser(call, id);
  if (uri !== undefined) return group(uri);
  throw grantee.textOf("EmailAddress") === undefined ? new S3Error("MalformedACLError") : noEmail();
}

/** An `<AccessControlPolicy>`. @throws S3Error MalformedACLError, InvalidArgument, AccessDenied for another owner */
export function aclOfDocument(call: Call, body: Buffer): Acl {
  const policy = readXml(body, "AccessControlPolicy");
  const owner = policy.all("Owner")[0]?.textOf("ID");
  if (owner === undefined) throw new S3Error("MalformedACLError");
  if (owner !== call.owner.id) throw new S3Error("AccessDenied");
  const grants = policy.one("AccessControlList").all("Grant");
  if (grants.length > MAX_GRANTS) throw new S3Error("MalformedACLError");
  return grants.map((grant) => {
    const permission = aclPermissions.find((name) => name === grant.textOf("Permission"));
    if (!permission) throw new S3Error("MalformedACLError");
    return { grantee: granteeOfElement(call, grant.one("Grantee")), permission };
  });
}

const XSI = "http://www.w3.org/2001/XMLSchema-instance";

export function aclDocument(call: Call, acl: Acl): string {
  const { id, name } = call.owner;
  const grants = (acl ?? [ownerGrant(call)]).map(({ grantee, permission }) => {
    const who =
      grantee.type === "Group" ? element("URI", grantee.uri) : [element("ID", grantee.id), grantee.id === id ? element("DisplayName", name) : undefined];
    return element("Grant", attributed("Grantee", { "xmlns:xsi": XSI, "xsi:type": grantee.type }, who), element("Permission", permission));
  });
  return document("AccessControlPolicy", element("Owner", element("ID", id), element("DisplayName", name)), element("AccessControlList", grants));
}
