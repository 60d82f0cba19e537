import type { Permission } from "../auth/authorize.ts";
import { lockActions } from "./object-lock.ts";
import { type Call, permissionFor } from "./operation.ts";

/** What it takes to write an object with the headers of a request. */
export function writePermissions(call: Call): Permission[] {
  const actions = ["s3:PutObject", ...lockActions(call)];
  if (call.headers.has("x-amz-tagging")) actions.push("s3:PutObjectTagging");
  for (const name of call.headers.keys())
    if (name === "x-amz-acl" || name.startsWith("x-amz-grant-")) {
      actions.push("s3:PutObjectAcl");
      break;
    }
  return actions.map((action) => permissionFor(call, action));
}
