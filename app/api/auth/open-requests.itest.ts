import { afterAll, beforeAll, expect, it } from "vitest";
import { createPerson } from "#lib/auth/create-person.ts";
import { runtime } from "#lib/http/runtime.ts";
import { createTestDatabase, type TestDatabase } from "../../../bin/testing/test-database.ts";
import { GET, POST } from "./[...all]/route.ts";

const person = { email: "admin@example.com", password: "correct horse battery" };
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  process.env.LONGSHORE_SECRET = "a secret for the tests, of 32 characters or more";
  process.env.LONGSHORE_ACCOUNT_ID = "123456789012";
  await createPerson(runtime().db, { ...person, name: "Admin", role: "admin" });
});
afterAll(async () => {
  await runtime().db.$disconnect();
  await database.drop();
});

const ask = (method: string, path: string, body: unknown, cookie = ""): Promise<Response> => {
  const headers = { "content-type": "application/json", host: "console.test", origin: "http://console.test", cookie };
  const request = new Request(`http://console.test/api/auth${path}`, { method, headers, ...(method === "POST" && { body: JSON.stringify(body) }) });
  return method === "POST" ? POST(request) : GET(request);
};

it("serves of all that better-auth offers nothing but signing in and out, and no token", async () => {
  const signedIn = await ask("POST", "/sign-in/email", person);
  expect(signedIn.status).toBe(200);
  const cookies = signedIn.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  const { token } = await runtime().db.session.findFirstOrThrow();
  expect(await signedIn.text()).not.toContain(token);

  const offered = Object.values(runtime().auth(false).api as unknown as Record<string, { path?: string; options?: { method?: string | string[] } }>)
    .flatMap(({ path, options }) => (path ? [options?.method ?? []].flat().map((method) => ({ method, path })) : []))
    .sort((a, b) => Number(a.path === "/sign-out") - Number(b.path === "/sign-out"));
  expect(offered.map(({ path }) => path)).toEqual(expect.arrayContaining(["/get-session", "/list-sessions", "/update-user", "/change-email"]));
  const served: string[] = [];
  for (const { method, path } of offered) {
    const answer = await ask(method, path.replaceAll(/:\w+/g, "x"), {}, cookies.join("; "));
    if (answer.status !== 404) served.push(`${method} ${path}`);
    expect(await answer.text(), path).not.toContain(token);
  }
  expect(served).toEqual(["POST /sign-in/email", "POST /sign-out"]);
});
