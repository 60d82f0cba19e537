import { afterAll, beforeAll, expect, it } from "vitest";
import { createPerson } from "#lib/auth/create-person.ts";
import { peerHeader } from "#lib/http/peer.ts";
import { runtime } from "#lib/http/runtime.ts";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { POST as auth, GET as getAuth } from "./auth/[...all]/route.ts";
import { POST as acceptInvitation } from "./open/accept-invitation/route.ts";
import { POST as resetPassword } from "./open/reset-password/route.ts";

/** What changes something and needs no session. */
const requests = {
  "/api/open/accept-invitation": acceptInvitation,
  "/api/open/reset-password": resetPassword,
  "/api/auth/sign-in/email": auth,
  "/api/auth/sign-in/social": auth,
  "/api/auth/sign-out": auth,
};
type Path = keyof typeof requests;

const who = { email: "vera@example.com", password: "correct horse battery" };
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  process.env.LONGSHORE_SECRET = "a secret for the tests, of 32 characters or more";
  process.env.LONGSHORE_ACCOUNT_ID = "123456789012";
  await createPerson(runtime().db, { ...who, name: "Vera", role: "viewer" });
});
afterAll(async () => {
  await runtime().db.$disconnect();
  await database.drop();
});

const ours = { host: "console.test", origin: "http://console.test", "content-type": "application/json" };
const send = (path: Path, body: unknown, headers: Record<string, string> = {}): Promise<Response> => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const length = { "content-length": String(text.length) };
  return requests[path](new Request(`http://console.test${path}`, { method: "POST", headers: { ...ours, ...length, ...headers }, body: text }));
};

const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");

it.each(Object.keys(requests) as Path[])("%s is refused from another site's page, with the person's cookie and without", async (path) => {
  const cookie = cookieOf(await send("/api/auth/sign-in/email", who));
  const sessions = await runtime().db.session.count();
  for (const origin of ["https://evil.example", "null", "http://console.test:1"])
    for (const sent of ["", cookie]) expect(await send(path, who, { origin, cookie: sent })).toMatchObject({ status: 403 });
  const form = { cookie, "content-type": "application/x-www-form-urlencoded" };
  expect(await send(path, new URLSearchParams(who).toString(), form)).toMatchObject({ status: 400 });
  expect(await runtime().db.session.count()).toBe(sessions);
});

it("a script without a body says nothing of its type", async () => {
  const { host } = ours;
  const sent = new Request("http://console.test/api/auth/sign-out", { method: "POST", headers: { host, "content-length": "0" }, body: new Uint8Array() });
  expect(await auth(sent)).toMatchObject({ status: 200 });
});

it("serves of all that better-auth offers nothing but signing in and out, and no token", async () => {
  const signedIn = await send("/api/auth/sign-in/email", who);
  expect(signedIn.status).toBe(200);
  const headers = { ...ours, cookie: cookieOf(signedIn) };
  const { token } = await runtime().db.session.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
  expect(await signedIn.text()).not.toContain(token);

  const offered = Object.values(runtime().auth(false).api as unknown as Record<string, { path?: string; options?: { method?: string | string[] } }>)
    .flatMap(({ path, options }) => (path ? [options?.method ?? []].flat().map((method) => ({ method, path })) : []))
    .sort((a, b) => Number(a.path === "/sign-out") - Number(b.path === "/sign-out"));
  expect(offered.map(({ path }) => path)).toEqual(expect.arrayContaining(["/get-session", "/list-sessions", "/update-user", "/change-email"]));
  const served: string[] = [];
  for (const { method, path } of offered) {
    const request = new Request(`http://console.test/api/auth${path.replaceAll(/:\w+/g, "x")}`, { method, headers, ...(method === "POST" && { body: "{}" }) });
    const answer = await (method === "POST" ? auth : getAuth)(request);
    if (answer.status !== 404) served.push(`${method} ${path}`);
    expect(await answer.text(), path).not.toContain(token);
  }
  expect(served).toEqual(["POST /sign-in/email", "POST /sign-out"]);
});

it("thirty links may be tried from one network in five minutes, by whichever request", async () => {
  const from = (address: string) => ({ [peerHeader]: address });
  const guess = { token: "A".repeat(43), password: "correct horse battery" };
  for (let tried = 0; tried < 30; tried++) expect((await send("/api/open/reset-password", guess, from("203.0.113.9"))).status).not.toBe(429);
  expect((await send("/api/open/accept-invitation", guess, from("203.0.113.9"))).status).toBe(429);
  expect((await send("/api/open/accept-invitation", guess, from("203.0.113.10"))).status).not.toBe(429);
});
