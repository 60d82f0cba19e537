import type { Credentials } from "./sign.ts";

/** Keys as STS gives them, and until when (ms) by this machine's clock. */
export interface SessionKeys extends Credentials {
  expiresAt: number;
}

/** The keys of an assumed role, which end and are replaced before they do. */
export interface RoleSession {
  /** The present ones: another object when they were replaced. */
  readonly keys: Credentials;
  /** Cheap, and never throws: whoever signs calls it about once a second, so that new keys are asked for in time. */
  keepFresh(): void;
  /** The present keys; new ones first where those have ended. @throws RoleRefused, RoleUnavailable */
  fresh(): Promise<Credentials>;
  /**
   * The store takes `used` no more.
   * @returns other keys; the same ones where they are so new that others would fare no better
   * @throws RoleRefused, RoleUnavailable
   */
  renew(used: Credentials): Promise<Credentials>;
  /** Why the role cannot be assumed any more, once its keys have ended; null while it can. */
  readonly refusal: Error | null;
}

/** A third of a session's time is left for STS to be away, a quarter of an hour at the most. */
const mostAheadMs = 15 * 60_000;
/** STS is not asked more often than this in vain. */
const pauseMs = 2_000;
/** A store that refuses keys as new as these refuses the session, whatever its keys. */
const newMs = 10_000;

/**
 * @param assume asks STS
 * @param now ms
 * @param isRefusal whether what `assume` throws is STS's no
 * @throws what `assume` throws
 */
export async function openRoleSession(assume: () => Promise<SessionKeys>, now: () => number, isRefusal: (error: unknown) => boolean): Promise<RoleSession> {
  // Before it is asked: what was asked for is no younger than that.
  let begunAt = now();
  let keys = await assume();
  let asking: Promise<SessionKeys> | null = null;
  let failed: { at: number; error: unknown } | null = null;
  let refusal: Error | null = null;

  const renewAt = () => keys.expiresAt - Math.min((keys.expiresAt - begunAt) / 3, mostAheadMs);
  const ask = (): Promise<SessionKeys> => {
    if (failed !== null && now() - failed.at < pauseMs && now() >= failed.at) return Promise.reject(failed.error);
    if (asking) return asking;
    const askedAt = now();
    asking = assume()
      .then((fresh) => {
        keys = fresh;
        begunAt = askedAt;
        failed = null;
        refusal = null;
        return fresh;
      })
      .catch((error: unknown) => {
        failed = { at: now(), error };
        throw error;
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  };
  /** Somebody cannot go on without. */
  const demand = async (): Promise<Credentials> => {
    try {
      return await ask();
    } catch (error) {
      if (isRefusal(error)) refusal = error as Error;
      throw error;
    }
  };
  const keepFresh = () => {
    // What fails here is asked for again, and told once the keys have ended.
    if (now() >= renewAt()) ask().catch(() => undefined);
  };

  return {
    get keys() {
      return keys;
    },
    get refusal() {
      return refusal;
    },
    keepFresh,
    async fresh() {
      if (now() >= keys.expiresAt || refusal !== null) return demand();
      keepFresh();
      return keys;
    },
    async renew(used) {
      if (used !== keys || now() - begunAt < newMs) return keys;
      return demand();
    },
  };
}

/** What S3 and Lambda say to keys that have ended, whatever the status. */
const endedCodes = new Set(["ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired"]);
export const saysKeysEnded = (code: string): boolean => endedCodes.has(code);
