import { z } from "zod";
import { type Acl, aclWords, aclXml, cannedAcls, cannedGrants, grantHeadersOf, grantSchema, headerText, readAcl } from "./access-control.ts";
import { defineOperation, type TaskRequest } from "./operation.ts";
import { askForNobody } from "./trial.ts";

const policySchema = z
  .strictObject({
    AccessControlList: z
      .strictObject({
        Owner: z.strictObject({ ID: headerText(1024).optional(), DisplayName: z.string().min(1).max(1024).optional() }).optional(),
        Grants: z.array(grantSchema).max(100, "S3 keeps at most 100 grants").optional(),
      })
      .optional(),
    CannedAccessControlList: z.enum(cannedAcls).optional(),
  })
  .superRefine(({ AccessControlList: list, CannedAccessControlList: canned }, check) => {
    const grants = list?.Grants?.length ?? 0;
    const wrong = (path: (string | number)[], message: string) => check.addIssue({ code: "custom", path, message });
    if (canned !== undefined && grants > 0) wrong(["AccessControlList", "Grants"], "Give a canned ACL or grants, not both: S3 refuses the pair");
    if (canned === undefined && grants === 0)
      wrong(["CannedAccessControlList"], "Choose a canned ACL, or give grants. To take away all that others may do, choose private");
    if (list?.Owner?.ID !== undefined && canned !== undefined) wrong(["AccessControlList", "Owner", "ID"], "An owner goes with grants, not with a canned ACL");
  });

const schema = z.strictObject({ AccessControlPolicy: z.preprocess((policy) => policy ?? {}, policySchema) });
type Policy = z.infer<typeof schema>["AccessControlPolicy"];

const publicAcls: readonly (string | undefined)[] = ["public-read", "public-read-write"];
const allUsers = /\/groups\/global\/AllUsers$/;
const grantsOf = (policy: Policy) => policy.AccessControlList?.Grants ?? [];
const isPublic = (policy: Policy): boolean =>
  publicAcls.includes(policy.CannedAccessControlList) || grantsOf(policy).some(({ Grantee }) => allUsers.test(Grantee.Identifier));

/** As headers where S3 is to take each object's own owner; with an owner, as the document that names it. */
function requestOf(policy: Policy): Pick<TaskRequest, "method" | "query" | "headers" | "body"> {
  const request = { method: "PUT" as const, query: { acl: "" }, headers: {} as Record<string, string>, body: "" };
  const ownerId = policy.AccessControlList?.Owner?.ID;
  if (policy.CannedAccessControlList) return { ...request, headers: { "x-amz-acl": policy.CannedAccessControlList } };
  if (ownerId === undefined) return { ...request, headers: grantHeadersOf(grantsOf(policy)) };
  return { ...request, headers: { "content-type": "application/xml" }, body: aclXml(ownerId, grantsOf(policy)) };
}

function wordsAfter(policy: Policy, before: Acl): string {
  const canned = policy.CannedAccessControlList;
  const grants = canned
    ? cannedGrants(canned, before.ownerId)
    : grantsOf(policy).map(({ Grantee, Permission }) => ({
        permission: Permission,
        grantee: { type: Grantee.TypeIdentifier, identifier: Grantee.Identifier },
      }));
  return grants === null ? `the canned ACL ${canned}` : aclWords({ ownerId: before.ownerId, grants });
}

export const putObjectAcl = defineOperation({
  name: "S3PutObjectAcl",
  title: "Replace access control list",
  summary: "Gives every object exactly this access control list. Grants that an object has now are lost.",
  group: "Access and encryption",
  schema,
  fields: [
    {
      path: "AccessControlPolicy.CannedAccessControlList",
      label: "Canned ACL",
      kind: "select",
      options: cannedAcls.map((value) => ({ value, label: value })),
      help: "private leaves the owner alone with each object. Or leave this empty, and give grants.",
    },
    {
      path: "AccessControlPolicy.AccessControlList.Grants",
      label: "Grants",
      kind: "grants",
      help: "Nobody else may do anything then, the owner included: grant the owner FULL_CONTROL as well.",
    },
    {
      path: "AccessControlPolicy.AccessControlList.Owner.ID",
      label: "Owner",
      kind: "text",
      help: "The objects' owner by canonical user id, where the store wants it said with the grants. Left empty, each object's own.",
    },
  ],
  initial: {},
  describe: ({ AccessControlPolicy: policy }) =>
    policy.CannedAccessControlList
      ? `Replace the access control list with the canned ACL ${policy.CannedAccessControlList}`
      : `Replace the access control list with ${grantsOf(policy)
          .map(({ Grantee, Permission }) => `${Permission} to ${Grantee.Identifier}`)
          .join(", ")}`,
  warning: ({ AccessControlPolicy: policy }) =>
    `The grants that the objects have now are lost. Longshore keeps no copy of them.${isPublic(policy) ? " Everybody on the network, signed in or not, may then read the objects." : ""}`,
  irreversible: () => null,
  permissions: (_params, bucket) => ["s3:PutObjectAcl", "s3:PutObjectVersionAcl"].map((action) => ({ action, resource: `arn:aws:s3:::${bucket}/*` })),
  needs: () => ["PutObjectAcl"],
  previewNeeds: () => ["GetObjectAcl"],
  destinations: () => [],
  advice: {
    AccessControlListNotSupported:
      "The bucket has access control lists switched off (its object ownership is “bucket owner enforced”). Use a bucket policy, or change the bucket's object ownership.",
    AccessDenied:
      "S3 refused the execution role, or the bucket blocks public access lists. Check the role's policy, the bucket's own, and its public access block; then run the job again for the failed objects.",
    UnresolvableGrantByEmailAddress: "The store knows no account, or several, by this e-mail address. Grant by canonical user id instead.",
    InvalidArgument: "The store does not know one of the grantees. The message says which; check the canonical user ids.",
  },
  run: ({ AccessControlPolicy }) => {
    const constant = requestOf(AccessControlPolicy);
    return { compile: ({ bucket, key, versionId }) => ({ ...constant, bucket, key, versionId }) };
  },
  preview: ({ AccessControlPolicy }) =>
    function* (task) {
      const before = yield* readAcl(task);
      return {
        before: [{ name: "Access", value: aclWords(before) }],
        after: [{ name: "Access", value: wordsAfter(AccessControlPolicy, before) }],
      };
    },
  trial: ({ AccessControlPolicy }) =>
    function* (task) {
      const action = task.versionId === undefined ? "s3:PutObjectAcl" : "s3:PutObjectVersionAcl";
      const right = { right: `Change access control lists in ${task.bucket}`, needs: `${action} on arn:aws:s3:::${task.bucket}/*` };
      return [yield* askForNobody(task, requestOf(AccessControlPolicy), right)];
    },
});
