import type { Context } from "../jobs/context.ts";

/** What a verb works with that needs no session: whoever has the link is who asks. */
export interface OpenContext extends Pick<Context, "db" | "now" | "source"> {
  /** LONGSHORE_PASSWORD_SIGN_IN is not off. */
  passwordsAllowed: boolean;
}
