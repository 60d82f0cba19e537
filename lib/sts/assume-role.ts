import { XMLParser } from "fast-xml-parser";
import { messageOf } from "../errors.ts";
import { type GuardedAnswer, type GuardedHttp, GuardedHttpError } from "../functions/guarded-http.ts";
import { passingCode } from "../s3/network-codes.ts";
import type { SessionKeys } from "../s3/role-session.ts";
import type { Credentials } from "../s3/sign.ts";
import { remember, scrub } from "../scrub.ts";
import { RoleRefused, RoleUnavailable } from "./role-failures.ts";
import { signForm } from "./sign-form.ts";

export interface AssumeRole {
  /** The URL that STS answers at. */
  endpoint: string;
  region: string;
  /** Who asks. */
  credentials: Credentials;
  roleArn: string;
  externalId: string | null;
  sessionSeconds: number;
  sessionName: string;
}

const timeoutMs = 10_000;
const maxBytes = 256 * 1024;
const xml = new XMLParser({ ignoreAttributes: true, parseTagValue: false, removeNSPrefix: true });

/**
 * Asks STS for keys of a role. Not Amazon's SDK: one request, by connections that lead nowhere forbidden and follow no redirect.
 * @param now ms
 * @throws RoleRefused, RoleUnavailable
 */
export async function assumeRole(http: GuardedHttp, asked: AssumeRole, now: () => number): Promise<SessionKeys> {
  const url = new URL(asked.endpoint.endsWith("/") ? asked.endpoint : `${asked.endpoint}/`);
  const form = new URLSearchParams({
    Action: "AssumeRole",
    Version: "2011-06-15",
    RoleArn: asked.roleArn,
    RoleSessionName: asked.sessionName,
    DurationSeconds: String(asked.sessionSeconds),
    ...(asked.externalId !== null && { ExternalId: asked.externalId }),
  }).toString();
  const headers = signForm(url, form, asked.credentials, { region: asked.region, service: "sts" }, new Date());
  const answer = await http.send({ url: url.href, method: "POST", headers, body: form, timeoutMs, maxBytes }).catch((error: unknown) => {
    throw noAnswer(asked, error);
  });
  const read = readXml(answer.body.toString("utf8"));
  const keys = answer.httpStatus === 200 ? keysOf(read, answer, now()) : null;
  if (keys === null) throw failureOf(asked, answer.httpStatus, errorOf(read));
  return keys;
}

/** The node of a name, wherever: STS puts things deeper than those that speak as it does, and none deeper than this. */
function find(node: unknown, name: string, depth = 12): unknown {
  if (typeof node !== "object" || node === null || depth === 0) return undefined;
  if (name in node) return (node as Record<string, unknown>)[name];
  for (const child of Object.values(node)) {
    const found = find(child, name, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readXml(body: string): unknown {
  if (!body.includes("<") || body.includes("<!DOCTYPE")) return null;
  try {
    return xml.parse(body);
  } catch {
    return null;
  }
}

function keysOf(read: unknown, answer: GuardedAnswer, now: number): SessionKeys | null {
  const found = find(read, "Credentials") as Record<string, unknown> | undefined;
  const [accessKeyId, secretAccessKey, sessionToken] = ["AccessKeyId", "SecretAccessKey", "SessionToken"].map((name) => found?.[name]);
  if (typeof accessKeyId !== "string" || typeof secretAccessKey !== "string" || typeof sessionToken !== "string" || !accessKeyId) return null;
  // By the clock of who says it: ours may differ by minutes.
  const theirs = Date.parse(answer.headers.date ?? "");
  const lasts = Date.parse(String(found?.Expiration)) - (Number.isNaN(theirs) ? now : theirs);
  remember(secretAccessKey);
  remember(sessionToken);
  return { accessKeyId, secretAccessKey, sessionToken, expiresAt: now + (Number.isNaN(lasts) ? 0 : Math.max(0, lasts)) };
}

const errorOf = (read: unknown): { code: string; message: string } => {
  const [code, message] = [find(read, "Code"), find(read, "Message")];
  return { code: typeof code === "string" ? code : "", message: typeof message === "string" ? scrub(message).slice(0, 300) : "" };
};

const passing = new Set(["Throttling", "ThrottlingException", "RequestLimitExceeded", "InternalFailure", "InternalError", "ServiceUnavailable", "SlowDown"]);
const advice: Record<string, string> = {
  AccessDenied: "Check the role's trust policy, the external id, and that the keys that ask are allowed sts:AssumeRole on it",
  InvalidClientTokenId: "STS does not know the access key that asks: check the keys",
  InvalidAccessKeyId: "STS does not know the access key that asks: check the keys",
  SignatureDoesNotMatch: "The secret access key does not belong to the access key that asks, or the region is not the one of STS: check both",
  ValidationError: "Check the role's ARN, and that the role allows sessions as long as the one asked for",
  RegionDisabledException: "STS is switched off in that region: enter the STS endpoint of another one",
  RequestTimeTooSkewed: "The clocks of STS and of this machine differ too much: set the clock (NTP)",
};

function failureOf({ endpoint, roleArn }: AssumeRole, httpStatus: number, { code, message }: ReturnType<typeof errorOf>): Error {
  const shown = code || `HTTP ${httpStatus}`;
  const told = message === "" ? "" : `: ${message.replace(/[.\s]+$/, "")}`;
  if (passing.has(code) || httpStatus === 429 || httpStatus >= 500)
    return new RoleUnavailable(
      shown,
      httpStatus === 501 ? 500 : Math.max(httpStatus, 500),
      `STS at ${endpoint} cannot answer just now (${httpStatus} ${shown})`,
    );
  if (code === "")
    return new RoleRefused("NoSts", httpStatus, `What answers at ${endpoint} (HTTP ${httpStatus}) does not speak STS. Check the role's STS endpoint.`);
  const what = advice[code] ?? "Check the role's settings";
  return new RoleRefused(code, httpStatus, `STS at ${endpoint} refuses to assume ${roleArn} (${httpStatus} ${code}${told}). ${what}.`);
}

function noAnswer({ endpoint }: AssumeRole, error: unknown): Error {
  if (error instanceof GuardedHttpError && error.code === "ForbiddenAddress")
    return new RoleRefused(error.code, 0, `${error.message}. Enter another STS endpoint.`);
  const own = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "ConnectionError";
  const code = own === "InvocationTimeout" ? "ETIMEDOUT" : own;
  const words = `STS at ${endpoint} does not answer (${code}: ${messageOf(error).split("\n")[0]})`;
  return passingCode.test(code)
    ? new RoleUnavailable(code, 0, words)
    : new RoleRefused(code, 0, `${words}. Check the role's STS endpoint and its certificate.`);
}
