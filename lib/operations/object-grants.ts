import { grantHeaders } from "./access-control.ts";
import type { Place } from "./object-head.ts";
import { StepFailure, type Steps } from "./operation.ts";
import { childrenOf, elementOf, parseAnswer, textOf } from "./read-answer.ts";

const headers: Readonly<Record<string, string>> = grantHeaders;

/** As a store says that its objects have no ACLs. */
const none = new Set(["AccessControlListNotSupported", "NotImplemented"]);

/** The grants of an object as a request that makes another like it carries them; empty where only its owner may do anything. */
export function* readGrants({ bucket, key, versionId, role }: Place): Steps<Record<string, string>> {
  try {
    const its = role === undefined ? {} : { role };
    const answer = yield { method: "GET", bucket, key, versionId, query: { acl: "" }, headers: {}, body: "", wantsAnswer: true, ...its };
    const policy = parseAnswer(answer, "AccessControlPolicy");
    const owner = textOf(elementOf(policy.Owner).ID);
    const grants = childrenOf(policy.AccessControlList, "Grant").map((grant) => ({
      to: granteeOf(elementOf(grant.Grantee)),
      permission: textOf(grant.Permission),
    }));
    if (grants.every(({ to, permission }) => to === `id="${owner}"` && permission === "FULL_CONTROL")) return {};
    const result: Record<string, string> = {};
    for (const { to, permission } of grants) {
      const name = headers[permission];
      if (name === undefined || to === null) throw unreadable(`a grant of ${permission || "nothing"}`);
      result[name] = name in result ? `${result[name]}, ${to}` : to;
    }
    return result;
  } catch (error) {
    if (error instanceof StepFailure && none.has(error.outcome.code)) return {};
    throw error;
  }
}

function granteeOf(grantee: Record<string, unknown>): string | null {
  const [id, uri, email] = [grantee.ID, grantee.URI, grantee.EmailAddress].map(textOf);
  const [name, value] = id ? ["id", id] : uri ? ["uri", uri] : ["emailAddress", email];
  return value === undefined || value === "" || value.includes('"') ? null : `${name}="${value}"`;
}

const unreadable = (what: string) =>
  new StepFailure({
    kind: "failed",
    httpStatus: 200,
    code: "AclNotReadable",
    message: `The object's ACL has ${what}, which no request for a new object can carry`,
  });
