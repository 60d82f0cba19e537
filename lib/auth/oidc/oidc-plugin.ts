import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { oidcProviderId } from "./oidc-provider-id.ts";
import type { OidcSettings } from "./oidc-settings.ts";

/**
 * Sign-in by the provider of the settings: authorization code with PKCE, state and nonce; the ID token's signature, issuer and audience are
 * verified, or nobody comes in. Who somebody is, the issuer and its subject say: another issuer's subjects are other people.
 */
export const oidcPlugin = ({ issuer, clientId, clientSecret, name }: OidcSettings) =>
  genericOAuth({
    config: [
      {
        providerId: oidcProviderId,
        name,
        discoveryUrl: `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`,
        clientId,
        clientSecret,
        scopes: ["openid", "email", "profile"],
        pkce: true,
        requireIdTokenVerification: true,
        accountSubject: ({ profile }) => (profile.sub ? `${issuer} ${profile.sub}` : ""),
      },
    ],
  });
