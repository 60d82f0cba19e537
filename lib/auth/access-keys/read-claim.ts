import { type QueryParameter, readQuery } from "./canonical-request.ts";
import { SignatureError } from "./signature-error.ts";
import type { SignedRequest } from "./signed-request.ts";

export const algorithm = "AWS4-HMAC-SHA256";

/** What a request says of its signature, none of it verified. */
export interface Claim {
  accessKeyId: string;
  /** Of the scope: "20260131". */
  date: string;
  region: string;
  /** In the order that the client signed them in. */
  signedHeaders: string[];
  signature: string;
  /** "20260131T235959Z", of a real moment. */
  timestamp: string;
  /** 64 hexadecimal digits in lower case, or null: the body is not signed (presigned form only). */
  payloadHash: string | null;
  /** Seconds from the timestamp on that a presigned URL lives; null for the header form. */
  expiresIn: number | null;
}

/** A query's X-Amz-… parameters, which carry the claim or headers in the presigned form; names in lower case, values decoded. */
type AmzParameters = ReadonlyMap<string, string>;

/** Milliseconds of "20260131T235959Z", or NaN. */
export function timeOf(timestamp: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp);
  return match ? Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`) : Number.NaN;
}

/**
 * Reads the claim from the Authorization header or, for a presigned URL, from the query.
 * @throws SignatureError AccessDenied for a request without one, and S3's code for each thing that is wrong with it
 */
export function readClaim(request: SignedRequest): Claim {
  const authorization = request.headers.authorization;
  const parameters = amzParameters(readQuery(request.query));
  const presigned = parameters.has("x-amz-algorithm") || parameters.has("x-amz-credential") || parameters.has("x-amz-signature");
  if (authorization !== undefined && presigned)
    throw new SignatureError(
      "InvalidArgument",
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified",
    );
  if (authorization === undefined && !presigned) throw new SignatureError("AccessDenied");
  // Keys here are long-lived: a token left over in somebody's environment belongs to other keys.
  if (request.headers["x-amz-security-token"] !== undefined || parameters.has("x-amz-security-token")) throw new SignatureError("InvalidToken");
  return authorization === undefined ? presignedClaim(request, parameters) : headerClaim(request, authorization);
}

/** The header, or in the presigned form the parameter that a client has put in its place. */
export function amzHeader(request: SignedRequest, name: `x-amz-${string}`): string | undefined {
  if (request.headers[name] !== undefined) return request.headers[name];
  return request.headers.authorization === undefined ? amzParameters(readQuery(request.query)).get(name) : undefined;
}

function amzParameters(query: readonly QueryParameter[]): AmzParameters {
  const found = new Map<string, string>();
  for (const { name, value } of query) {
    const key = name.toLowerCase();
    if (!key.startsWith("x-amz-")) continue;
    if (found.has(key)) throw parametersError(`The ${name} parameter must not be given twice`);
    found.set(
      key,
      Buffer.from(
        value.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        "latin1",
      ).toString("utf8"),
    );
  }
  return found;
}

const parametersError = (message: string) => new SignatureError("AuthorizationQueryParametersError", message);
const headerError = (message: string) => new SignatureError("AuthorizationHeaderMalformed", `The authorization header is malformed; ${message}`);

function headerClaim(request: SignedRequest, authorization: string): Claim {
  const [mechanism, ...rest] = authorization.trim().split(/\s+/);
  if (mechanism !== algorithm)
    throw new SignatureError("InvalidRequest", "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
  const fields = new Map<string, string>();
  for (const field of rest.join("").split(",")) {
    const equals = field.indexOf("=");
    const name = field.slice(0, Math.max(equals, 0));
    if (!["Credential", "SignedHeaders", "Signature"].includes(name) || fields.has(name))
      throw headerError("it must have Credential, SignedHeaders and Signature, once each.");
    fields.set(name, field.slice(equals + 1));
  }
  const field = (name: string): string => {
    const value = fields.get(name);
    if (!value) throw headerError(`missing ${name}.`);
    return value;
  };
  const scope = readScope(field("Credential"), headerError);
  const timestamp = headerTimestamp(request.headers);
  if (!timestamp.startsWith(scope.date))
    throw headerError(`Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${timestamp.slice(0, 8)}".`);
  const hash = request.headers["x-amz-content-sha256"];
  if (hash === undefined) throw new SignatureError("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
  return {
    ...scope,
    signedHeaders: field("SignedHeaders").split(";"),
    signature: field("Signature"),
    timestamp,
    payloadHash: readHash(hash, "x-amz-content-sha256 must be a valid sha256 value."),
    expiresIn: null,
  };
}

/** X-Amz-Date; without one Date, which is HTTP's own form. */
function headerTimestamp(headers: SignedRequest["headers"]): string {
  const given = headers["x-amz-date"] ?? headers.date ?? "";
  if (!Number.isNaN(timeOf(given))) return given;
  const httpDate = headers["x-amz-date"] === undefined && / GMT$/.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(httpDate)) throw new SignatureError("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header");
  return new Date(httpDate).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

const week = 7 * 24 * 60 * 60;
const required = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires"] as const;

function presignedClaim(request: SignedRequest, parameters: AmzParameters): Claim {
  const get = (name: (typeof required)[number]): string => {
    const value = parameters.get(name.toLowerCase());
    if (!value)
      throw parametersError(`Query-string authentication version 4 requires the ${required.slice(0, -1).join(", ")}, and ${required.at(-1)} parameters.`);
    return value;
  };
  const [given, credential, signature, timestamp, signedHeaders, expires] = [
    get("X-Amz-Algorithm"),
    get("X-Amz-Credential"),
    get("X-Amz-Signature"),
    get("X-Amz-Date"),
    get("X-Amz-SignedHeaders"),
    get("X-Amz-Expires"),
  ];
  if (given !== algorithm) throw parametersError(`X-Amz-Algorithm only supports "${algorithm}"`);
  const scope = readScope(credential, (message) => parametersError(`Error parsing the X-Amz-Credential parameter; ${message}`));
  if (Number.isNaN(timeOf(timestamp))) throw parametersError("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  if (!timestamp.startsWith(scope.date))
    throw parametersError(`Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${timestamp.slice(0, 8)}".`);
  if (!/^-?\d+$/.test(expires)) throw parametersError("X-Amz-Expires should be a number");
  if (expires.startsWith("-")) throw parametersError("X-Amz-Expires must be non-negative");
  if (Number(expires) > week)
    throw parametersError(`X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${week} seconds`);
  const hash = amzHeader(request, "x-amz-content-sha256") ?? "UNSIGNED-PAYLOAD";
  return {
    ...scope,
    signedHeaders: signedHeaders.split(";"),
    signature,
    timestamp,
    payloadHash: hash === "UNSIGNED-PAYLOAD" ? null : readHash(hash, "x-amz-content-sha256 must be UNSIGNED-PAYLOAD or a valid sha256 value."),
    expiresIn: Number(expires),
  };
}

/** "<key>/<date>/<region>/s3/aws4_request": any region, for clients are told to name whatever they like. */
function readScope(credential: string, wrong: (message: string) => SignatureError): Pick<Claim, "accessKeyId" | "date" | "region"> {
  const [accessKeyId = "", date = "", region = "", service, terminator, ...more] = credential.split("/");
  if (terminator === undefined || more.length > 0 || accessKeyId === "" || !/^[\w-]{1,64}$/.test(region))
    throw wrong('the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".');
  if (!/^\d{8}$/.test(date)) throw wrong(`incorrect date format "${date}". This date in the credential must be in the format "yyyyMMdd".`);
  if (service !== "s3") throw wrong(`incorrect service "${service}". This endpoint belongs to "s3".`);
  if (terminator !== "aws4_request") throw wrong(`incorrect terminal "${terminator}". This endpoint uses "aws4_request".`);
  return { accessKeyId, date, region };
}

/** A request that tells a fleet of workers what to do must not change on its way: unlike an upload, its body is signed. */
function readHash(hash: string, message: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new SignatureError("InvalidArgument", message);
  return hash;
}
