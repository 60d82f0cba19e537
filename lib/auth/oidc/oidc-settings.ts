import type { Env } from "../../env.ts";
import type { PersonRole } from "../permissions.ts";

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** As the button has it. */
  name: string;
  /** Of whoever comes for the first time; null: only people who are known or invited come in. */
  role: PersonRole | null;
}

/** Null where no provider is set. */
export function oidcSettings(env: Env): OidcSettings | null {
  const { LONGSHORE_OIDC_ISSUER: issuer, LONGSHORE_OIDC_CLIENT_ID: clientId, LONGSHORE_OIDC_CLIENT_SECRET: clientSecret } = env;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  return { issuer, clientId, clientSecret, name: env.LONGSHORE_OIDC_NAME, role: env.LONGSHORE_OIDC_ROLE ?? null };
}
