import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../bin/testing/test-database.ts";
import { createDb, type Db } from "../../db/client.ts";
import { log } from "../../log.ts";
import { type Auth, createAuth } from "../auth.ts";
import { callerOf } from "../caller.ts";
import { clientHeader } from "../client-header.ts";
import { createPerson } from "../create-person.ts";
import type { PersonRole } from "../permissions.ts";
import { requestIdHeader } from "../request-id-header.ts";
import { admission } from "./admission.ts";
import { oidcStart } from "./oidc-start.ts";
import { CookieJar } from "./testing/cookie-jar.ts";
import { type OidcServer, type OidcUser, startOidcServer } from "./testing/oidc-server.ts";

const origin = "http://console.test";
const callback = `${origin}/api/auth/callback/oidc`;
const secret = "a secret of at least thirty-two characters";
let database: TestDatabase;
let db: Db;
let provider: OidcServer;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  provider = await startOidcServer((uri) => uri === callback);
});
afterAll(async () => {
  await provider.stop();
  await db.$disconnect();
  await database.drop();
});
beforeEach(async () => {
  await db.user.deleteMany();
  await db.invitation.deleteMany();
});

type Options = { role?: PersonRole | null; passwords?: boolean; clientSecret?: string; issuer?: string };
const settings = ({ role = null, clientSecret = provider.clientSecret, issuer = provider.issuer }: Options = {}) => ({
  issuer,
  clientId: provider.clientId,
  clientSecret,
  name: "Example ID",
  role,
});
const consoleWith = (options: Options = {}): Auth =>
  createAuth({ db, secret, secure: false, oidc: settings(options), speaksOidc: true, passwords: options.passwords ?? true });

/** A browser: cookies of the console and of the provider, and the console's answers. */
class Browser {
  readonly console = new CookieJar();
  readonly provider = new CookieJar();
  readonly auth: Auth;
  /** As our own route sets it. */
  readonly requestId = randomUUID();
  constructor(auth: Auth) {
    this.auth = auth;
  }

  async ask(url: string, body?: string): Promise<Response> {
    const ours = { [clientHeader]: "203.0.113.7", [requestIdHeader]: this.requestId };
    const headers = { ...ours, host: "console.test", cookie: this.console.header, ...(body !== undefined && { origin, "content-type": "application/json" }) };
    return this.console.keep(
      await this.auth.handler(new Request(url, { method: body === undefined ? "GET" : "POST", headers, ...(body !== undefined && { body }) })),
    );
  }

  /** Where the console sends to the provider. */
  async begin(target = "/jobs"): Promise<URL> {
    const answer = await this.ask(`${origin}/api/auth/sign-in/social`, oidcStart(JSON.stringify({ callbackURL: target })));
    expect(answer.status).toBe(200);
    return new URL(((await answer.json()) as { url: string }).url);
  }

  /** Through the provider's pages, to where it sends back. */
  async signInAtProvider(start: URL, login: string): Promise<string> {
    let url = start.href;
    let form: URLSearchParams | undefined;
    for (let hop = 0; hop < 10; hop++) {
      const headers = { cookie: this.provider.header };
      const answer = this.provider.keep(await fetch(url, { redirect: "manual", headers, ...(form && { method: "POST", body: form }) }));
      form = undefined;
      const next = answer.headers.get("location");
      if (next?.startsWith(origin)) return next;
      if (next) url = new URL(next, url).href;
      else {
        expect(answer.status, await answer.clone().text()).toBe(200);
        const action = /action="([^"]+)"/.exec(await answer.text())?.[1] ?? url;
        url = new URL(action, url).href;
        form = new URLSearchParams({ prompt: "login", login, password: "any" });
      }
    }
    throw new Error("The provider does not come to an end.");
  }

  /** The whole walk. @returns where the console leads at its end */
  async signIn(login: string): Promise<string> {
    const back = await this.signInAtProvider(await this.begin(), login);
    return (await this.ask(back)).headers.get("location") ?? "";
  }

  who = () => callerOf(this.auth, new Headers({ cookie: this.console.header }));
}

function user(fields: Partial<OidcUser> = {}): { login: string; email: string } {
  const login = randomUUID();
  const email = fields.email ?? `${login}@example.com`;
  provider.users.set(login, { email_verified: true, name: "Ana of the provider", ...fields, email });
  return { login, email };
}
const refusal = (location: string): string | null => new URL(location, origin).searchParams.get("error");
const invite = (email: string, expiresAt = new Date(Date.now() + 60_000)) =>
  db.invitation.create({
    data: { email, name: "Ana", role: "reviewer", tokenHash: randomUUID(), createdAt: new Date(), createdBy: "admin@example.com", expiresAt },
  });

describe("who comes by the provider", () => {
  test("is the person who has that verified address, and no other", async () => {
    const { login, email } = user();
    const { userId } = await createPerson(db, { email, password: "a password of theirs", name: "Ana", role: "operator" });
    const browser = new Browser(consoleWith());
    expect(await browser.signIn(login)).toBe("/jobs");
    expect(await browser.who()).toMatchObject({ userId, name: email, role: "operator" });
    const accounts = await db.account.findMany({ where: { userId, providerId: "oidc" } });
    expect(accounts).toMatchObject([{ accountId: `${provider.issuer} ${login}`, accessToken: null, refreshToken: null, idToken: null }]);
    const linked = { where: { action: "person.link", targetId: userId } };
    expect(await db.auditEntry.findMany(linked)).toMatchObject([{ actor: email, requestId: browser.requestId }]);
    // Afterwards it is the provider's subject that counts, whatever their address is there.
    provider.users.set(login, { email: "moved@example.com", email_verified: true });
    const again = new Browser(consoleWith());
    expect(await again.signIn(login)).toBe("/jobs");
    expect(await again.who()).toMatchObject({ userId, name: email });
    expect(await db.auditEntry.count(linked)).toBe(1);
    expect(await db.account.findMany({ where: { userId, providerId: "oidc" } })).toMatchObject([{ idToken: null }]);
  });

  test("is nobody's person when the provider has not verified the address", async () => {
    const { login, email } = user({ email_verified: false });
    const { userId } = await createPerson(db, { email, password: "a password of theirs", name: "Ana", role: "admin" });
    const browser = new Browser(consoleWith({ role: "viewer" }));
    expect(refusal(await browser.signIn(login))).toBe("account_not_linked");
    expect(await browser.who()).toBeNull();
    expect(await db.account.count({ where: { userId, providerId: "oidc" } })).toBe(0);
    const stranger = user({ email_verified: false });
    expect(refusal(await new Browser(consoleWith({ role: "viewer" })).signIn(stranger.login))).toBe("email_not_verified");
    expect(await db.user.count()).toBe(1);
  });

  test("takes up an invitation of that address, with its name and role", async () => {
    const { login, email } = user();
    await invite(email);
    const browser = new Browser(consoleWith({ role: "viewer" }));
    expect(await browser.signIn(login)).toBe("/jobs");
    expect(await browser.who()).toMatchObject({ name: email, role: "reviewer" });
    expect(await db.invitation.findFirst({ where: { email } })).toMatchObject({ acceptedAt: expect.any(Date) });
    expect(await db.user.findUnique({ where: { email } })).toMatchObject({ name: "Ana", emailVerified: true });
    const { userId } = (await browser.who()) ?? {};
    expect(await db.auditEntry.count({ where: { targetName: email, action: "person.link" } })).toBe(0);
    expect(await db.auditEntry.findFirst({ where: { targetName: email } })).toMatchObject({
      action: "person.join",
      actor: email,
      actorId: userId,
      targetId: userId,
      via: "console",
      ip: "203.0.113.7",
      requestId: browser.requestId,
      after: { email, name: "Ana", role: "reviewer" },
    });
  });

  test.each([
    ["their coming cannot be written down", "AuditEntry", "action", "person.join"],
    ["their account cannot be linked", "Account", "providerId", "oidc"],
  ])("is not there where %s, and neither is an entry: the invitation can be taken up later", async (_why, table, column, value) => {
    const { login, email } = user();
    await invite(email);
    await db.$executeRawUnsafe(`ALTER TABLE "${table}" ADD CONSTRAINT refused CHECK ("${column}" <> '${value}') NOT VALID`);
    const browser = new Browser(consoleWith());
    expect(refusal(await browser.signIn(login))).toBeTruthy();
    await db.$executeRawUnsafe(`ALTER TABLE "${table}" DROP CONSTRAINT refused`);
    expect(await browser.who()).toBeNull();
    expect(await db.user.count()).toBe(0);
    expect(await db.auditEntry.count({ where: { targetName: email, action: "person.join" } })).toBe(0);
    expect(await db.invitation.findFirst({ where: { email } })).toMatchObject({ acceptedAt: null });
    expect(await browser.signIn(login)).toBe("/jobs");
    expect(await db.auditEntry.count({ where: { targetName: email, action: "person.join" } })).toBe(1);
  });

  test("and was not invited, or too long ago, is refused, unless the settings name a role for whoever comes", async () => {
    const { login, email } = user();
    await invite(email, new Date(Date.now() - 1));
    expect(refusal(await new Browser(consoleWith()).signIn(login))).toBe("not_invited");
    expect(await db.user.count()).toBe(0);
    // Nor who was invited when the provider was asked, and is not any more when the person is made.
    await db.$transaction(async (tx) => {
      const { userHooks } = admission(db, settings(), () => tx);
      await expect(userHooks.create.before({ email, emailVerified: true }, null)).rejects.toMatchObject({ body: { code: "not_invited" } });
    });
    const browser = new Browser(consoleWith({ role: "operator" }));
    expect(await browser.signIn(login)).toBe("/jobs");
    expect(await browser.who()).toMatchObject({ name: email, role: "operator" });
  });

  test("and is disabled is refused, linked or not", async () => {
    const { login, email } = user();
    const { userId } = await createPerson(db, { email, password: "a password of theirs", name: "Ana", role: "operator" });
    const disable = (disabledAt: Date | null) => db.user.update({ where: { id: userId }, data: { disabledAt } });
    await disable(new Date());
    expect(refusal(await new Browser(consoleWith()).signIn(login))).toBe("person_disabled");
    expect(await db.account.count({ where: { providerId: "oidc" } })).toBe(0);
    await disable(null);
    expect(await new Browser(consoleWith()).signIn(login)).toBe("/jobs");
    await disable(new Date());
    expect(refusal(await new Browser(consoleWith()).signIn(login))).toBe("person_disabled");
  });
});

describe("the walk to the provider and back", () => {
  test("carries PKCE, state and nonce", async () => {
    const url = await new Browser(consoleWith()).begin();
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: "code",
      client_id: provider.clientId,
      redirect_uri: callback,
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/.{20,}/),
      nonce: expect.stringMatching(/.{16,}/),
    });
    expect(url.searchParams.get("scope")?.split(" ").sort()).toEqual(["email", "openid", "profile"]);
  });

  test("ends only in the browser that began it, once", async () => {
    const { login, email } = user();
    await invite(email);
    const auth = consoleWith();
    const browser = new Browser(auth);
    const back = await browser.signInAtProvider(await browser.begin(), login);
    const thief = new Browser(auth);
    expect(refusal((await thief.ask(back)).headers.get("location") ?? "")).toMatch(/state/);
    expect(await thief.who()).toBeNull();
    expect(await db.user.count()).toBe(0);
    await browser.ask(back);
    expect(await browser.who()).toMatchObject({ name: email });
    expect(refusal((await browser.ask(back)).headers.get("location") ?? "")).toMatch(/state/);
  });

  test("is refused with a code that is made up, and with a wrong secret of the client", async () => {
    const { login, email } = user();
    await invite(email);
    const browser = new Browser(consoleWith());
    const back = new URL(await browser.signInAtProvider(await browser.begin(), login));
    back.searchParams.set("code", "made-up");
    expect(refusal((await browser.ask(back.href)).headers.get("location") ?? "")).toBe("invalid_code");
    const logged = vi.spyOn(log, "error");
    expect(refusal(await new Browser(consoleWith({ clientSecret: "wrong" })).signIn(login))).toBe("invalid_code");
    // Why is the provider's to say, and an administrator's to read.
    expect(JSON.stringify(logged.mock.calls)).toContain("invalid_client");
    logged.mockRestore();
    expect(await db.user.count()).toBe(0);
  });

  test("leads to no other site, and takes nothing from a request but where to go", () => {
    const body = {
      callbackURL: "https://evil.example/",
      provider: "other",
      idToken: { token: "x" },
      scopes: ["admin"],
      errorCallbackURL: "https://evil.example",
    };
    expect(JSON.parse(oidcStart(JSON.stringify(body)))).toEqual({ provider: "oidc", callbackURL: "/", errorCallbackURL: "/sign-in", disableRedirect: true });
    expect(JSON.parse(oidcStart('{"callbackURL":"/jobs?q=a"}'))).toMatchObject({ errorCallbackURL: "/sign-in?next=%2Fjobs%3Fq%3Da" });
    expect(() => oidcStart("{")).toThrow();
  });

  test("cannot begin while the provider is away, and can once it is there: passwords work all the time", async () => {
    const gone = await startOidcServer((uri) => uri === callback);
    await gone.stop();
    const auth = consoleWith({ issuer: gone.issuer });
    const answer = await new Browser(auth).ask(`${origin}/api/auth/sign-in/social`, oidcStart(""));
    expect(answer.status).toBe(404);
    await createPerson(db, { email: "vera@example.com", password: "a password of theirs", name: "Vera", role: "viewer" });
    const body = JSON.stringify({ email: "vera@example.com", password: "a password of theirs" });
    expect((await new Browser(auth).ask(`${origin}/api/auth/sign-in/email`, body)).status).toBe(200);
  });
});

test("where passwords are off, administrators alone sign in with one", async () => {
  const browser = new Browser(consoleWith({ passwords: false }));
  for (const [role, status] of [
    ["reviewer", 403],
    ["admin", 200],
  ] as const) {
    await createPerson(db, { email: `${role}@example.com`, password: "a password of theirs", name: role, role });
    const body = JSON.stringify({ email: `${role}@example.com`, password: "a password of theirs" });
    const answer = await browser.ask(`${origin}/api/auth/sign-in/email`, body);
    expect(answer.status).toBe(status);
    if (status === 403) expect(await answer.json()).toMatchObject({ message: expect.stringContaining("Example ID") });
  }
});
