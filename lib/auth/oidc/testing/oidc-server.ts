import { generateKeyPairSync } from "node:crypto";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export interface OidcUser {
  email: string;
  email_verified: boolean;
  name?: string;
}

export interface OidcServer {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** By login: the subject is the login. A login that is an e-mail address needs no entry: the address is verified. */
  users: Map<string, OidcUser>;
  stop: () => Promise<void>;
}

/**
 * A real OpenID provider (oidc-provider) on this machine. It demands PKCE of its one client, and asks for a login on a page of its own;
 * any password is right.
 * @param mayReturnTo where the client may have people sent back to
 */
export async function startOidcServer(mayReturnTo: (uri: string) => boolean): Promise<OidcServer> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ["longshore", "the client's secret, of the tests"];
  const users = new Map<string, OidcUser>();
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [
      { client_id: clientId, client_secret: clientSecret, redirect_uris: ["https://never.example/"], token_endpoint_auth_method: "client_secret_post" },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] } as never,
    cookies: { keys: ["cookies of the tests"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    // As most providers do it: the claims are in the ID token.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_ctx, sub) => {
      const user = users.get(sub) ?? (sub.includes("@") ? { email: sub, email_verified: true } : undefined);
      return user && { accountId: sub, claims: () => ({ sub, ...user }) };
    },
    // Nobody is asked whether Longshore may know their address.
    loadExistingGrant: async (ctx) => {
      const { session, client } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({ accountId: session?.accountId ?? "", clientId: client?.clientId ?? "" });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  // Where a console will listen is not known yet.
  provider.Client.prototype.redirectUriAllowed = mayReturnTo;
  server.on("request", provider.callback());
  return { issuer, clientId, clientSecret, users, stop: () => close(server) };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
