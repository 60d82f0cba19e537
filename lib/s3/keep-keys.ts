import { type RoleSession, saysKeysEnded } from "./role-session.ts";

/** Has a client of the SDK's go on with new keys when the store says that those of a session have ended. */
export const keepKeys =
  (session: RoleSession) =>
  <Args extends { input: object }, Output>(next: (args: Args) => Promise<Output>) =>
  async (args: Args): Promise<Output> => {
    const used = session.keys;
    try {
      return await next(args);
    } catch (error) {
      // A body that flows away cannot be sent again.
      const body = (args.input as { Body?: unknown }).Body;
      const whole = body === undefined || typeof body === "string" || body instanceof Uint8Array;
      if (!whole || !(error instanceof Error) || !saysKeysEnded(error.name) || (await session.renew(used)) === used) throw error;
      return next(args);
    }
  };

/** Around the choice of keys, which is made once for all tries of a request. */
export const keepKeysPlace = { step: "initialize", name: "keepKeys", priority: "high" } as const;

/** The SDK asks each time, since the session knows best. */
export const sessionCredentials = (session: RoleSession) => async () => ({ ...(await session.fresh()), expiration: new Date() });
