import { z } from "zod";
import { AppError } from "../../errors.ts";
import { safePath } from "../../http/safe-path.ts";
import { oidcProviderId } from "./oidc-provider-id.ts";

const schema = z.looseObject({ callbackURL: z.string().optional() });

/**
 * The body by which better-auth begins a sign-in by the provider, made of one that anybody may have sent: where to go afterwards is all that is
 * taken from it. (It could also bring an ID token, scopes and parameters.)
 * @throws AppError InvalidRequest
 */
export function oidcStart(text: string): string {
  const target = safePath(wantedOf(text));
  const back = target === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(target)}`;
  return JSON.stringify({ provider: oidcProviderId, callbackURL: target, errorCallbackURL: back, disableRedirect: true });
}

function wantedOf(text: string): string | undefined {
  try {
    return schema.parse(text === "" ? {} : JSON.parse(text)).callbackURL;
  } catch {
    throw new AppError("InvalidRequest", "The request's body is not one by which a sign-in begins.");
  }
}
