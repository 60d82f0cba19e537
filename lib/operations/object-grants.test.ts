import { expect, it } from "vitest";
import { readGrants } from "./object-grants.ts";
import { playSteps, type Said } from "./testing/play-steps.ts";

const grant = (grantee: string, permission: string) => `<Grant><Grantee>${grantee}</Grantee><Permission>${permission}</Permission></Grant>`;
const acl = (...grants: string[]): Said => ({
  body: `<AccessControlPolicy><Owner><ID>me</ID></Owner><AccessControlList>${grants.join("")}</AccessControlList></AccessControlPolicy>`,
});
const mine = grant("<ID>me</ID>", "FULL_CONTROL");

it.each<[string, Said, Record<string, string>]>([
  ["the owner's alone", acl(mine), {}],
  ["a group's", acl(mine, grant("<URI>all</URI>", "READ")), { "x-amz-grant-full-control": 'id="me"', "x-amz-grant-read": 'uri="all"' }],
  [
    "several of one kind",
    acl(grant("<ID>a</ID>", "READ_ACP"), grant("<EmailAddress>b@c</EmailAddress>", "READ_ACP")),
    { "x-amz-grant-read-acp": 'id="a", emailAddress="b@c"' },
  ],
  ["none, where the bucket's owner owns all", { code: "AccessControlListNotSupported", httpStatus: 400 }, {}],
])("grants are %s", async (_what, said, headers) => {
  expect((await playSteps(readGrants({ bucket: "b", key: "k" }), () => said)).end).toEqual({ value: headers });
});

it.each<[string, Said, string]>([
  ["that the role may not read", { code: "AccessDenied", httpStatus: 403 }, "AccessDenied"],
  ["that no header carries", acl(mine, grant("<ID>a</ID>", "WRITE")), "AclNotReadable"],
  ["to somebody without a name", acl(mine, grant("", "READ")), "AclNotReadable"],
])("grants %s fail the task instead of being left out", async (_what, said, code) => {
  expect((await playSteps(readGrants({ bucket: "b", key: "k" }), () => said)).end).toMatchObject({ failure: { code } });
});
