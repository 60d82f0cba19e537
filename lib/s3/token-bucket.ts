/** So much a second, and up to a reserve at once. Times are ms of one clock. */
export interface TokenBucket {
  perSecond: number;
  most: number;
  tokens: number;
  at: number;
}

export const createTokenBucket = (perSecond: number, most: number, now: number): TokenBucket => ({ perSecond, most, tokens: most, at: now });

function refill(bucket: TokenBucket, now: number): void {
  // A clock that was set back gives nothing, and takes nothing either.
  bucket.tokens = Math.min(bucket.most, bucket.tokens + (Math.max(0, now - bucket.at) * bucket.perSecond) / 1000);
  bucket.at = now;
}

/** @returns whether there was one to take */
export function takeToken(bucket: TokenBucket, now: number): boolean {
  refill(bucket, now);
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

export function giveTokens(bucket: TokenBucket, count: number): void {
  bucket.tokens = Math.min(bucket.most, bucket.tokens + count);
}

/** ms until there is one to take; 0 when there is */
export function tokenDue(bucket: TokenBucket, now: number): number {
  refill(bucket, now);
  return bucket.tokens >= 1 ? 0 : Math.ceil(((1 - bucket.tokens) * 1000) / bucket.perSecond);
}
