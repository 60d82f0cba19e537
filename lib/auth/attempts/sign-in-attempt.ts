import type { Db } from "../../db/client.ts";
import { networkOf } from "./network-of.ts";
import { forgetAttempts, giveBack, limits, takeAttempt } from "./take-attempt.ts";

export interface SignInAttempt {
  /** In lower case. */
  email: string;
  address: string | null;
  /** Names a browser that this very person has signed in with before; null: none that is known. */
  device: string | null;
}

/**
 * Whether a password may be tried. A browser that the person has used before has guesses of its own, so that no stranger can use up theirs.
 * What one address has used up counts no further: it must not use up what is counted for all addresses together.
 * @returns seconds to wait; 0: it may
 */
export async function beginSignIn(db: Db, { email, address, device }: SignInAttempt, now: Date): Promise<number> {
  if (device !== null && (await takeAttempt(db, limits.device, [device], now)) === 0) return 0;
  const network = networkOf(address);
  return (
    (await takeAttempt(db, limits.address, [network], now)) ||
    (await takeAttempt(db, limits.pair, [email, network], now)) ||
    (await takeAttempt(db, limits.person, [email], now))
  );
}

/** The password was right. Of what others share, only this attempt is given back: who has an account must not wipe out guesses at another. */
export async function succeedSignIn(db: Db, { email, address, device }: SignInAttempt): Promise<void> {
  if (device !== null) return forgetAttempts(db, limits.device, [device]);
  const network = networkOf(address);
  await forgetAttempts(db, limits.pair, [email, network]);
  await giveBack(db, limits.address, [network]);
  await giveBack(db, limits.person, [email]);
}
