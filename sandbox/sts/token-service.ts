import type { IncomingMessage } from "node:http";
import type { SandboxRole, Sessions } from "../auth/sessions.ts";
import type { Call, Operation, Reply } from "../http/operation.ts";
import { S3Error } from "../s3-error.ts";
import { type Element, element } from "../xml/write-xml.ts";

/** Security Token Service, on the same address as S3: a form by `POST /`. */
export interface TokenService {
  sessions: Sessions;
  roles: readonly SandboxRole[];
}

const NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
const MAX_FORM = 64 * 1024;

export const isTokenRequest = ({ method, url, headers }: IncomingMessage): boolean =>
  method === "POST" && url === "/" && headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;

/** @throws S3Error MaxMessageLengthExceeded, IncompleteBody */
export async function readForm(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > MAX_FORM) throw new S3Error("MaxMessageLengthExceeded");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const answer = (action: string, ...content: Element[]): Reply => ({
  status: 200,
  headers: { "content-type": "text/xml" },
  body: `<${action}Response xmlns="${NAMESPACE}">${element(`${action}Result`, content).xml}</${action}Response>`,
});

/** The same refusals have other names here. */
const names: Record<string, string> = { InvalidAccessKeyId: "InvalidClientTokenId", InvalidToken: "InvalidClientTokenId", InvalidArgument: "ValidationError" };

export const tokenErrorDocument = ({ code, message }: S3Error, requestId: string): string => {
  const error = element("Error", element("Type", "Sender"), element("Code", names[code] ?? code), element("Message", message));
  return `<ErrorResponse xmlns="${NAMESPACE}">${error.xml}${element("RequestId", requestId).xml}</ErrorResponse>`;
};

const invalid = (message: string) => new S3Error("InvalidArgument", message);

function assumeRole({ sessions, roles }: TokenService, { user, owner, now }: Call, form: URLSearchParams): Reply {
  const arn = form.get("RoleArn") ?? "";
  const name = form.get("RoleSessionName") ?? "";
  const seconds = Number(form.get("DurationSeconds") ?? 3600);
  if (!/^[\w+=,.@-]{2,64}$/.test(name)) throw invalid("RoleSessionName must have 2 to 64 letters, digits or +=,.@-");
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200) throw invalid("DurationSeconds must be from 900 to 43200");
  if (form.has("Policy") || form.has("PolicyArns.member.1.arn")) throw invalid("The sandbox knows no session policies.");
  const role = roles.find((candidate) => arn === `arn:aws:iam::${owner.id}:role/${candidate.name}`);
  // Who may not assume a role is not told whether it is there.
  if (!role || (role.externalId !== undefined && role.externalId !== form.get("ExternalId")))
    throw new S3Error("AccessDenied", `User: ${user.name} is not authorized to perform: sts:AssumeRole on resource: ${arn}`);
  const session = sessions.begin(role, name, now, seconds);
  return answer(
    "AssumeRole",
    element(
      "AssumedRoleUser",
      element("Arn", `arn:aws:sts::${owner.id}:assumed-role/${role.name}/${name}`),
      element("AssumedRoleId", `AROA${role.name}:${name}`),
    ),
    element(
      "Credentials",
      element("AccessKeyId", session.user.accessKeyId),
      element("SecretAccessKey", session.user.secretAccessKey),
      element("SessionToken", session.sessionToken),
      element("Expiration", new Date(session.expiresAt).toISOString()),
    ),
  );
}

function getCallerIdentity({ user, owner }: Call): Reply {
  const arn = user.name.includes("/") ? `arn:aws:sts::${owner.id}:assumed-role/${user.name}` : `arn:aws:iam::${owner.id}:user/${user.name}`;
  return answer("GetCallerIdentity", element("Arn", arn), element("UserId", user.accessKeyId), element("Account", owner.id));
}

/** The operation that a form asks for. @throws S3Error NotImplemented */
export function tokenOperation(service: TokenService, body: Buffer): Operation {
  const form = new URLSearchParams(body.toString());
  const base = { method: "POST", on: "service" } as const;
  if (form.get("Action") === "GetCallerIdentity") return { ...base, name: "GetCallerIdentity", permissions: () => [], run: getCallerIdentity };
  if (form.get("Action") !== "AssumeRole") throw new S3Error("NotImplemented", "Of STS, the sandbox knows AssumeRole and GetCallerIdentity.");
  return {
    ...base,
    name: "AssumeRole",
    permissions: () => [{ action: "sts:AssumeRole", bucket: "", resource: form.get("RoleArn") ?? "" }],
    run: (call) => assumeRole(service, call, form),
  };
}
