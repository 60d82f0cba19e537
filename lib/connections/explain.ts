import { S3ServiceException } from "@aws-sdk/client-s3";
import { messageOf } from "../errors.ts";
import { ForbiddenAddress } from "../net/guarded-lookup.ts";
import { scrub } from "../scrub.ts";

/** What a failed request to a store says about one of its settings, and what to do. */
export interface Failure {
  kind: "unreachable" | "key" | "secret" | "clock" | "denied" | "missing" | "region" | "other";
  message: string;
}

const byCode: Record<string, Omit<Failure, "message"> & { advice: string }> = {
  InvalidAccessKeyId: { kind: "key", advice: "The store does not know this access key ID. Check it, and that the key is active." },
  SignatureDoesNotMatch: { kind: "secret", advice: "The secret access key does not belong to this access key ID. Enter the secret again." },
  RequestTimeTooSkewed: { kind: "clock", advice: "The clocks of this machine and of the store differ too much. Set this machine's clock (NTP)." },
  AccessDenied: { kind: "denied", advice: "The store refuses it to these keys." },
  Forbidden: { kind: "denied", advice: "The store refuses it to these keys." },
  AllAccessDisabled: { kind: "denied", advice: "The store refuses it to these keys." },
  NoSuchBucket: { kind: "missing", advice: "There is no such bucket." },
  NotFound: { kind: "missing", advice: "There is no such bucket." },
  PermanentRedirect: { kind: "region", advice: "The bucket is in another region. Enter that region and its endpoint." },
  AuthorizationHeaderMalformed: { kind: "region", advice: "The region is not the store's. Enter the region that the store was set up with." },
  IllegalLocationConstraintException: { kind: "region", advice: "The region is not the store's. Enter the region that the store was set up with." },
};

const network: Record<string, string> = {
  ENOTFOUND: "The endpoint's host name is not known. Check how it is spelt; with virtual-hosted addressing the store's DNS must know BUCKET.HOST too.",
  EAI_AGAIN: "The endpoint's host name could not be looked up. Check this machine's DNS.",
  ECONNREFUSED: "Nothing listens at the endpoint's address and port. Check both, and that the store is running.",
  ECONNRESET: "The endpoint closed the connection. Check whether it speaks http or https.",
  EHOSTUNREACH: "There is no route to the endpoint. Check the address and the firewall.",
  ETIMEDOUT: "The endpoint did not answer in time. Check the address and the firewall.",
  UND_ERR_CONNECT_TIMEOUT: "The endpoint did not answer in time. Check the address and the firewall.",
  TimeoutError: "The endpoint did not answer in time. Check the address and the firewall.",
  AbortError: "The endpoint did not answer in time. Check the address and the firewall.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "The endpoint's certificate is self-signed. Paste it into the connection's CA certificate, under Advanced.",
  SELF_SIGNED_CERT_IN_CHAIN:
    "The endpoint's certificate is by an authority that is not known here. Paste the authority's certificate into the connection's CA certificate, under Advanced.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "The endpoint's certificate is by an authority that is not known here. Paste the authority's certificate into the connection's CA certificate, under Advanced.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "The endpoint's certificate is by an authority that is not known here. Paste the authority's certificate into the connection's CA certificate, under Advanced.",
  CERT_HAS_EXPIRED: "The endpoint's certificate has expired.",
  ERR_TLS_CERT_ALTNAME_INVALID: "The endpoint's certificate is for another host name.",
  ERR_SSL_WRONG_VERSION_NUMBER: "The endpoint does not speak https here. Try http://.",
  EPROTO: "The endpoint does not speak https here. Try http://.",
};

export function explain(error: unknown): Failure {
  if (error instanceof S3ServiceException) {
    const status = error.$metadata.httpStatusCode;
    const code = status === 403 && !byCode[error.name] ? "AccessDenied" : status === 404 && !byCode[error.name] ? "NotFound" : error.name;
    const known = byCode[code];
    if (known) return { kind: known.kind, message: known.advice };
    return { kind: "other", message: `The store answered ${error.name}${status ? ` (${status})` : ""}: ${scrub(error.message)}` };
  }
  if (error instanceof ForbiddenAddress) return { kind: "unreachable", message: `${error.message}.` };
  const code = networkCode(error);
  const words = network[code];
  if (words) return { kind: "unreachable", message: words };
  return {
    kind: "other",
    message: `The answer is not what an S3 store says (${messageOf(error).split(/[\n.]/)[0]}). Check that the endpoint is the S3 API's, not a web console's.`,
  };
}

/** fetch hides the reason in `cause`, and several addresses in an AggregateError. */
function networkCode(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string" && network[at.code]) return at.code;
    if (at instanceof AggregateError && at.errors.length > 0) return networkCode(at.errors[0]);
    if (network[at.name]) return at.name;
  }
  return "";
}
