import { AppError } from "../errors.ts";
import { bucketArn, objectArn } from "../jobs/arn.ts";

/** What was asked of S3 when it refused: a bucket, an object in it, or neither. */
export interface Asked {
  bucket?: string;
  key?: string;
  versionId?: string | undefined;
}

/** What the keys must be allowed, as a policy says it. */
function rightOf({ bucket, key, versionId }: Asked): string {
  if (bucket === undefined) return "s3:ListAllMyBuckets";
  if (key === undefined) return `s3:ListBucket on ${bucketArn(bucket)}`;
  return `${versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion"} on ${objectArn(bucket, key)}`;
}

interface S3Failure {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  $metadata?: { httpStatusCode?: number };
}

const unreachable = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "TimeoutError",
  "AbortError",
]);
const badKeys = new Set(["InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthorizationHeaderMalformed", "InvalidClientTokenId", "RequestTimeTooSkewed"]);

const quoted = (asked: Asked): string => (asked.key === undefined ? `the bucket "${asked.bucket}"` : `s3://${asked.bucket}/${asked.key}`);

/**
 * Turns a failure of the AWS SDK into words for the person who browses: what S3 refused, and what to do about it.
 * HEAD answers have no body, so the status decides where the code is missing.
 */
export function explainS3Error(error: unknown, asked: Asked): AppError {
  if (error instanceof AppError) return error;
  const failure = (typeof error === "object" && error !== null ? error : {}) as S3Failure;
  const name = String(failure.name ?? "");
  const status = failure.$metadata?.httpStatusCode;
  const as = (code: ConstructorParameters<typeof AppError>[0], message: string) => new AppError(code, message, [], { cause: error });
  const what = asked.bucket === undefined ? "the list of buckets" : quoted(asked);

  if (unreachable.has(name) || unreachable.has(String(failure.code)) || unreachable.has(String((failure.cause as S3Failure | undefined)?.code))) {
    return as("Upstream", "The S3 endpoint does not answer. Check that it is running and that the connection's address is right.");
  }
  if (/certificate|self.signed|SSL|TLS/i.test(`${failure.code} ${failure.message}`) && status === undefined) {
    return as("Upstream", "The S3 endpoint's certificate was not accepted. Check the connection's address and certificate.");
  }
  if (badKeys.has(name)) return as("Upstream", `S3 does not accept the connection's keys (${name}). An administrator can correct them under Connections.`);
  if (name === "NoSuchBucket") return as("NotFound", `There is no bucket "${asked.bucket}" on this connection. Check its name.`);
  if (name === "NoSuchVersion") return as("NotFound", `${quoted(asked)} has no version "${asked.versionId}". Check the version id.`);
  if (name === "PreconditionFailed" || status === 412) {
    return as("Conflict", `${quoted(asked)} has changed since it was looked up. Look it up again.`);
  }
  if (name === "PermanentRedirect" || status === 301)
    return as("Upstream", `The bucket "${asked.bucket}" is in another region than the connection. Use a connection of its region.`);
  if (status === 404) {
    if (asked.key === undefined) return as("NotFound", `There is no bucket "${asked.bucket}" on this connection. Check its name.`);
    const version = asked.versionId === undefined ? "" : ` with the version id "${asked.versionId}"`;
    return as("NotFound", `There is no object ${quoted(asked)}${version}. Check the path, or browse for it.`);
  }
  if (name === "AccessDenied" || status === 403) {
    return as(
      "Upstream",
      `The connection's keys may not read ${what}: they need ${rightOf(asked)}. Ask an administrator for it, or choose another connection.`,
    );
  }
  if (status === 405) return as("NotFound", `${quoted(asked)} is a delete marker, not an object. Choose another version.`);
  if (status === 400 && asked.versionId !== undefined) return as("InvalidRequest", `S3 does not know the version id "${asked.versionId}". Check it.`);
  if (status === 503 || status === 429 || name === "SlowDown") return as("Upstream", "S3 asks for fewer requests just now. Try again in a moment.");
  const reason = [status === undefined ? "" : `HTTP ${status}`, name === "" || name === "Error" ? "" : name].filter(Boolean).join(" ");
  return as("Upstream", `S3 could not read ${what}${reason ? ` (${reason})` : ""}. Try again, or test the connection under Connections.`);
}
