import type { Db } from "../../db/client.ts";
import { storableText } from "../../db/storable-text.ts";
import type { Caller } from "../../jobs/context.ts";
import { openSecret, sealSecret } from "../stored-secrets.ts";
import { amzHeader, readClaim } from "./read-claim.ts";
import { recordUse } from "./record-use.ts";
import { SignatureError } from "./signature-error.ts";
import type { SignedRequest } from "./signed-request.ts";
import { demandBody, demandFresh, demandSigned, isSignedWith } from "./verify-claim.ts";

export type { SignedRequest } from "./signed-request.ts";

export interface Authenticated {
  /** The key's owner, with the role that they have now. */
  caller: Caller;
  accessKeyId: string;
  /** Of the signature's scope: whatever the client was told, for example "snow". */
  region: string;
  /** To be called with the whole body, before anything is done with it. @throws SignatureError when it is not the one that was signed */
  demandBody(body: Uint8Array): void;
}

export interface AuthenticateContext {
  db: Db;
  now: () => Date;
  accountId: string;
  /** Told of a key that exists and does not get in, and why, in a sentence. Not waited for: a known key must not take longer than an unknown one. */
  refused?: (key: RefusedKey, why: string) => void;
}

export interface RefusedKey {
  id: string;
  name: string;
  userId: string;
}

/** Every unknown key has this secret: verifying with it takes as long as with a known one. */
let decoy: string | undefined;

/**
 * Who signed an S3 Control request, by SigV4 in the Authorization header or in the query (a presigned URL); `x-amz-account-id`
 * must name this console's account. The signature covers the body's hash, so nobody's body need be read before its sender is known.
 *
 * Host is verified as it came. A proxy must pass it on unchanged, port included: what it replaces, the client did not sign.
 * @throws SignatureError in AWS's codes and words
 * @throws Error when the stored secret cannot be read, or the database does not answer
 */
export async function authenticateRequest(ctx: AuthenticateContext, request: SignedRequest): Promise<Authenticated> {
  const now = ctx.now();
  const claim = readClaim(request);
  demandFresh(claim, now);
  demandSigned(request, claim);

  const stored = await ctx.db.accessKey.findUnique({ where: { id: storableText(claim.accessKeyId, 128) } });
  decoy ??= sealSecret("0".repeat(40));
  // A revoked key has no secret any more.
  const secret = openSecret(stored?.secretEncrypted || decoy);
  const genuine = isSignedWith(request, claim, secret);
  if (!stored) throw new SignatureError("InvalidAccessKeyId");
  const refuse = (code: "InvalidAccessKeyId" | "SignatureDoesNotMatch", why: string): never => {
    ctx.refused?.(stored, why);
    throw new SignatureError(code);
  };
  if (stored.revokedAt) return refuse("InvalidAccessKeyId", "The key is revoked.");
  if (!genuine) return refuse("SignatureDoesNotMatch", "The signature is not the key’s: another secret, or a request that was changed on its way.");
  demandAccount(request, ctx.accountId);

  // Asked only now, so that up to here a known key takes as many questions as an unknown one.
  const owner = await ctx.db.user.findUnique({ where: { id: stored.userId }, select: { email: true, role: true, disabledAt: true } });
  // As if the key were not there: it is again once its owner is enabled.
  if (!owner || owner.disabledAt) return refuse("InvalidAccessKeyId", "Its owner’s account is disabled.");
  await recordUse(ctx.db, stored, now);
  return {
    caller: { userId: stored.userId, name: owner.email, role: owner.role },
    accessKeyId: stored.id,
    region: claim.region,
    demandBody: (body) => demandBody(body, claim),
  };
}

/** @throws SignatureError InvalidRequest, AccessDenied */
function demandAccount(request: SignedRequest, accountId: string): void {
  const asked = amzHeader(request, "x-amz-account-id");
  if (asked === undefined) throw new SignatureError("InvalidRequest", "Missing required header for this request: x-amz-account-id");
  if (asked.trim() !== accountId) throw new SignatureError("AccessDenied");
}
