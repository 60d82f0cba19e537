import { timingSafeEqual } from "node:crypto";
import { S3Error } from "../s3-error.ts";
import { canonicalRequest, parseQuery, type WireRequest } from "./canonical-request.ts";
import { type Scope, type SigningKey, scopeText, sha256Hex, sign, signingKey } from "./signing-key.ts";

const ALGORITHM = "AWS4-HMAC-SHA256";
const MAX_SKEW = 15 * 60_000;

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

export interface Verified<User extends Credentials> {
  user: User;
  /** What the body is declared to be: a hex digest, UNSIGNED-PAYLOAD or one of the STREAMING-… names. */
  payload: string;
  /** What signed chunks are chained to. */
  chain: { key: SigningKey; timestamp: string; scope: string; seed: string };
}

/** What a signature must be for. */
export interface Expected {
  service: string;
  /** The digest of the body, for services whose clients do not send it. */
  bodyHash?: string;
}

interface Claim {
  accessKeyId: string;
  scope: Scope;
  signedHeaders: readonly string[];
  signature: string;
  timestamp: string;
  payload: string;
}

/** What `read` makes of a text, kept for the texts of late: a client sends the same ones with each request. */
function remembered<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      if (known.size >= 100) known.clear();
      value = read(text);
      known.set(text, value);
    }
    return value;
  };
}

/** Milliseconds of `20260131T235959Z`, or NaN. */
export const parseTimestamp = remembered((text: string): number => {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  return match ? Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`) : Number.NaN;
});

interface Credential {
  accessKeyId: string;
  scope: Scope;
}

const readCredential = remembered((text: string): Credential | null => {
  const parts = text.split("/");
  const [date, region, service, terminator] = parts.slice(-4);
  const accessKeyId = parts.slice(0, -4).join("/");
  if (!accessKeyId || !date || !region || !service || terminator !== "aws4_request") return null;
  return { accessKeyId, scope: { date, region, service } };
});

function parseCredential(text: string, service: string, malformed: (message: string) => S3Error): Credential {
  const credential = readCredential(text);
  if (credential?.scope.service !== service) throw malformed(`The credential must be "<access key>/<date>/<region>/${service}/aws4_request".`);
  return credential;
}

const splitNames = remembered((text: string): readonly string[] => text.split(";").filter(Boolean));

function headerClaim(request: WireRequest, authorization: string, now: number, { service, bodyHash }: Expected): Claim {
  const malformed = (message: string) => new S3Error("AuthorizationHeaderMalformed", `The authorization header is malformed; ${message}`);
  if (!authorization.startsWith(`${ALGORITHM} `))
    throw new S3Error("InvalidRequest", "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
  const fields = new Map(
    authorization
      .slice(ALGORITHM.length + 1)
      .split(",")
      .map((field) => {
        const [name = "", ...value] = field.trim().split("=");
        return [name, value.join("=")];
      }),
  );
  const { accessKeyId, scope } = parseCredential(fields.get("Credential") ?? "", service, malformed);
  const signedHeaders = splitNames(fields.get("SignedHeaders") ?? "");
  const signature = fields.get("Signature") ?? "";
  if (signedHeaders.length === 0 || signature === "") throw malformed("SignedHeaders or Signature is missing.");
  const payload = bodyHash ?? request.headers.get("x-amz-content-sha256");
  if (payload === undefined) throw new S3Error("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
  const timestamp = request.headers.get("x-amz-date");
  const signedAt = timestamp === undefined ? Number.NaN : parseTimestamp(timestamp);
  if (timestamp === undefined || Number.isNaN(signedAt)) throw new S3Error("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header");
  if (Math.abs(now - signedAt) > MAX_SKEW) throw new S3Error("RequestTimeTooSkewed");
  return { accessKeyId, scope, signedHeaders, signature, timestamp, payload };
}

function queryClaim(request: WireRequest, query: ReadonlyMap<string, string>, now: number): Claim {
  const malformed = (message: string) => new S3Error("AuthorizationQueryParametersError", message);
  const get = (name: string): string => {
    const value = query.get(name);
    if (!value)
      throw malformed(
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
      );
    return value;
  };
  if (get("X-Amz-Algorithm") !== ALGORITHM) throw malformed(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  const { accessKeyId, scope } = parseCredential(get("X-Amz-Credential"), "s3", malformed);
  const timestamp = get("X-Amz-Date");
  const signedAt = parseTimestamp(timestamp);
  if (Number.isNaN(signedAt)) throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  const expires = get("X-Amz-Expires");
  if (!/^\d{1,7}$/.test(expires) || Number(expires) > 604_800 || Number(expires) < 1)
    throw malformed("X-Amz-Expires must be between 1 and 604800 seconds (a week)");
  if (signedAt - now > MAX_SKEW) throw new S3Error("AccessDenied", "Request is not valid yet");
  if (now > signedAt + Number(expires) * 1000) throw new S3Error("AccessDenied", "Request has expired");
  return {
    accessKeyId,
    scope,
    signedHeaders: get("X-Amz-SignedHeaders").split(";"),
    signature: get("X-Amz-Signature"),
    timestamp,
    payload: query.get("X-Amz-Content-Sha256") ?? request.headers.get("x-amz-content-sha256") ?? "UNSIGNED-PAYLOAD",
  };
}

const noQuery: ReadonlyMap<string, string> = new Map();

function refuseUnsigned(request: WireRequest, signed: readonly string[]): void {
  const missing: string[] = [];
  for (const name of request.headers.keys()) if (name.startsWith("x-amz-") && name !== "x-amz-content-sha256" && !signed.includes(name)) missing.push(name);
  if (!signed.includes("host")) missing.push("host");
  if (missing.length > 0)
    throw new S3Error("AccessDenied", "There were headers present in the request which were not signed", { HeadersNotSigned: missing.join(", ") });
}

/**
 * Who sent the request, by SigV4 in the Authorization header or in the query. Any region is accepted.
 * @throws S3Error AccessDenied for an anonymous request, and S3's code for each other fault.
 */
export function verifySignature<User extends Credentials>(
  request: WireRequest,
  find: (accessKeyId: string) => User | undefined,
  now: number,
  expected: Expected = { service: "s3" },
): Verified<User> {
  const authorization = request.headers.get("authorization");
  const query = request.query.includes("X-Amz-") ? new Map(parseQuery(request.query)) : noQuery;
  const presigned = query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature");
  if (authorization !== undefined && presigned)
    throw new S3Error(
      "InvalidArgument",
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified",
    );
  if (authorization === undefined && !presigned) throw new S3Error("AccessDenied");
  const claim = authorization === undefined ? queryClaim(request, query, now) : headerClaim(request, authorization, now, expected);

  const user = find(claim.accessKeyId);
  if (!user) throw new S3Error("InvalidAccessKeyId", undefined, { AWSAccessKeyId: claim.accessKeyId });
  if (claim.timestamp.slice(0, 8) !== claim.scope.date) {
    const message = `Invalid credential date "${claim.scope.date}". This date is not the same as X-Amz-Date: "${claim.timestamp.slice(0, 8)}".`;
    throw new S3Error(presigned ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed", message);
  }
  refuseUnsigned(request, claim.signedHeaders);

  const scope = scopeText(claim.scope);
  const key = signingKey(user.secretAccessKey, claim.scope);
  const canonical = canonicalRequest(request, claim.signedHeaders, claim.payload);
  const signature = sign(key, `${ALGORITHM}\n${claim.timestamp}\n${scope}\n${sha256Hex(canonical)}`);
  const given = Buffer.from(claim.signature, "latin1");
  if (given.length !== signature.length || !timingSafeEqual(given, Buffer.from(signature, "latin1"))) {
    throw new S3Error("SignatureDoesNotMatch", undefined, {
      AWSAccessKeyId: claim.accessKeyId,
      SignatureProvided: claim.signature,
      CanonicalRequest: canonical,
    });
  }
  return { user, payload: claim.payload, chain: { key, timestamp: claim.timestamp, scope, seed: signature } };
}
