import { createHmac, hash, timingSafeEqual } from "node:crypto";
import { canonicalRequest } from "./canonical-request.ts";
import { algorithm, type Claim, timeOf } from "./read-claim.ts";
import { SignatureError } from "./signature-error.ts";
import type { SignedRequest } from "./signed-request.ts";

const maxSkewMs = 15 * 60_000;

/** @throws SignatureError RequestTimeTooSkewed, or AccessDenied for a presigned URL outside of its life */
export function demandFresh({ timestamp, expiresIn }: Pick<Claim, "timestamp" | "expiresIn">, now: Date): void {
  const age = now.getTime() - timeOf(timestamp);
  if (expiresIn === null) {
    if (Math.abs(age) > maxSkewMs) throw new SignatureError("RequestTimeTooSkewed");
    return;
  }
  if (age < -maxSkewMs) throw new SignatureError("AccessDenied", "Request is not valid yet");
  if (age > expiresIn * 1000) throw new SignatureError("AccessDenied", "Request has expired");
}

/**
 * Refuses a request in which host or a header of AWS's was left out of the signature, and could have been added on the way.
 * The hash of the body needs no mention among them: the signature covers it anyhow.
 * @throws SignatureError AccessDenied
 */
export function demandSigned(request: SignedRequest, { signedHeaders }: Pick<Claim, "signedHeaders">): void {
  const needed = ["host", ...Object.keys(request.headers).filter((name) => name.startsWith("x-amz-") && name !== "x-amz-content-sha256")];
  if (needed.some((name) => !signedHeaders.includes(name)))
    throw new SignatureError("AccessDenied", "There were headers present in the request which were not signed");
}

const mac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** The signature, in hexadecimal, that the claim would have if it were made with this secret. @throws SignatureError */
function signatureOf(request: SignedRequest, claim: Claim, secretAccessKey: string): string {
  const canonical = canonicalRequest(request, claim.signedHeaders, claim.payloadHash ?? "UNSIGNED-PAYLOAD");
  const canonicalHash = hash("sha256", Buffer.from(canonical, "latin1"), "hex");
  const key = mac(mac(mac(mac(`AWS4${secretAccessKey}`, claim.date), claim.region), "s3"), "aws4_request");
  return mac(key, `${algorithm}\n${claim.timestamp}\n${claim.date}/${claim.region}/s3/aws4_request\n${canonicalHash}`).toString("hex");
}

/** Compares in a time that does not depend on where the two differ. @throws SignatureError InvalidURI, SignatureDoesNotMatch for a signed header that is gone */
export function isSignedWith(request: SignedRequest, claim: Claim, secretAccessKey: string): boolean {
  const expected = Buffer.from(signatureOf(request, claim, secretAccessKey), "latin1");
  const given = Buffer.from(claim.signature, "latin1");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** @throws SignatureError XAmzContentSHA256Mismatch when the body is another than the one that was signed */
export function demandBody(body: Uint8Array, { payloadHash }: Pick<Claim, "payloadHash">): void {
  if (payloadHash !== null && hash("sha256", body, "hex") !== payloadHash) throw new SignatureError("XAmzContentSHA256Mismatch");
}
