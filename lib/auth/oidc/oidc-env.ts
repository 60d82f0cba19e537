import { z } from "zod";
import { optionalSetting } from "../../optional-setting.ts";

/** Plain http only to this machine: what the provider says is who somebody is. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  return (protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname))) && search === "" && hash === "";
}

/** The settings of an OpenID provider, for lib/env.ts */
export const oidcEnv = {
  LONGSHORE_OIDC_ISSUER: optionalSetting(z.string().refine(isIssuer, "must be the provider's issuer, such as https://login.example.com/realms/main")),
  LONGSHORE_OIDC_CLIENT_ID: optionalSetting(z.string()),
  LONGSHORE_OIDC_CLIENT_SECRET: optionalSetting(z.string()),
  LONGSHORE_OIDC_NAME: z.preprocess((value) => value || undefined, z.string().max(40).default("single sign-on")),
  LONGSHORE_OIDC_ROLE: optionalSetting(z.enum(["viewer", "operator", "reviewer"], "must be viewer, operator or reviewer; administrators are invited")),
  LONGSHORE_PASSWORD_SIGN_IN: z.preprocess((value) => value || undefined, z.enum(["on", "off"], "must be on or off").default("on")),
};

const together = z.object(oidcEnv);

/** What of them does not go together. */
export function oidcMistakes(env: z.output<typeof together>): { path: string; message: string }[] {
  const { LONGSHORE_OIDC_ISSUER: issuer, LONGSHORE_OIDC_CLIENT_ID: id, LONGSHORE_OIDC_CLIENT_SECRET: secret } = env;
  const parts = Object.entries({ LONGSHORE_OIDC_ISSUER: issuer, LONGSHORE_OIDC_CLIENT_ID: id, LONGSHORE_OIDC_CLIENT_SECRET: secret });
  const missing = parts.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0 && missing.length < parts.length)
    return missing.map((path) => ({ path, message: "is set together with the other two of issuer, client id and client secret, or none of them is" }));
  if (env.LONGSHORE_PASSWORD_SIGN_IN === "off" && issuer === undefined)
    return [{ path: "LONGSHORE_PASSWORD_SIGN_IN", message: "may be off only where LONGSHORE_OIDC_ISSUER is set: nobody but administrators could sign in" }];
  return [];
}
