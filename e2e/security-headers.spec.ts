import { request as httpRequest } from "node:http";
import { expect, pageList, test } from "./page-list.ts";

/** What a browser is told about every answer, and what no answer holds. */
const api = ["/api/jobs", "/api/home", "/api/connections", "/api/no/such/request", "/api/auth/get-session", "/api/openapi.json"];
const plain = ["/healthz", "/readyz", "/v20180820/jobs", "/metrics"];

test("no page may be framed, sniffed, cached by others or extended by a script that is not ours", async ({ signedIn, places }) => {
  const beside = ["/healthz-of-ours", "/v20180820-of-ours", "/icon-svg"].map((path) => ({ name: path, path: () => path }));
  for (const { name, path } of [...pageList, ...beside]) {
    const answer = await signedIn.request.get(path(places));
    const headers = answer.headers();
    const policy = headers["content-security-policy"] ?? "";
    expect(policy, name).toContain("frame-ancestors 'none'");
    expect(policy, name).toContain("default-src 'none'");
    expect(policy, name).not.toMatch(/script-src[^;]*'unsafe-inline'/);
    expect(headers["x-frame-options"], name).toBe("DENY");
    expect(headers["x-content-type-options"], name).toBe("nosniff");
    // Of a link that lets somebody in, no page is told at all.
    expect(headers["referrer-policy"], name).toBe(/^\/(invitation|reset-password)\//.test(path(places)) ? "no-referrer" : "same-origin");
    expect(headers["cache-control"], name).toMatch(/no-store|private/);
    expect(headers["x-powered-by"], name).toBeUndefined();
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    expect(nonce.length, name).toBeGreaterThan(20);
    const html = await answer.text();
    const scripts = [...html.matchAll(/<script\b([^>]*)>/g)].map(([, attributes = ""]) => attributes);
    expect(scripts.length, name).toBeGreaterThan(0);
    for (const attributes of scripts) expect(attributes, name).toContain(`nonce="${nonce}"`);
    expect(html, name).not.toMatch(/\son(?:click|load|error|mouseover)=/i);
    expect(html, name).not.toMatch(/(?:src|href|action)="javascript:/i);
  }
});

test("no answer of the API may be framed, run or kept", async ({ signedIn }) => {
  for (const path of [...api, ...plain]) {
    const answer = await signedIn.request.get(path);
    const headers = answer.headers();
    expect(headers["content-security-policy"], path).toContain("default-src 'none'");
    expect(headers["content-security-policy"], path).toContain("frame-ancestors 'none'");
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    if (path !== "/api/openapi.json") expect(headers["cache-control"], path).toContain("no-store");
  }
  const answer = await signedIn.request.get("/api/jobs", { headers: { "x-request-id": "mine" } });
  expect(answer.headers()["x-request-id"]).toMatch(/^[\da-f-]{36}$/);
});

test("no page holds a secret of the installation", async ({ signedIn, places, stack }) => {
  const secrets = [stack.s3.secretAccessKey, stack.admin.password];
  const cookie = (await signedIn.context().cookies()).map(({ value }) => decodeURIComponent(value).split(".")[0] ?? "").filter((value) => value.length > 15);
  expect(cookie.length).toBeGreaterThan(0);
  for (const path of [...pageList.map((page) => page.path(places)), ...api]) {
    const body = await (await signedIn.request.get(path)).text();
    for (const secret of secrets) expect(body.includes(secret), path).toBe(false);
    expect(body, path).not.toMatch(/secretEncrypted|DATABASE_URL|LONGSHORE_SECRET[^_]|BEGIN (?:RSA )?PRIVATE KEY/);
    for (const value of cookie) expect(body.includes(value), path).toBe(false);
  }
});

test("the session's cookie is out of reach of scripts and of other sites", async ({ signedIn, playwright, stack }) => {
  const cookies = await signedIn.context().cookies();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  await signedIn.goto("/");
  expect(await signedIn.evaluate(() => document.cookie)).toBe("");
  // Over https, as a proxy says, it is for https alone.
  const other = await playwright.request.newContext({ baseURL: stack.url });
  const secure = { origin: stack.url.replace("http:", "https:"), "x-forwarded-proto": "https" };
  const answer = await other.post("/api/auth/sign-in/email", { headers: secure, data: stack.admin });
  const set = answer.headersArray().filter(({ name }) => name.toLowerCase() === "set-cookie");
  expect(set.length).toBeGreaterThan(0);
  for (const { value } of set) expect(value).toMatch(/; Secure/);
  await other.dispose();
});

test("another site's page changes nothing, whatever it sends along", async ({ signedIn, stack }) => {
  for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }, { origin: stack.url.replace(/\d+$/, "1") }]) {
    const answer = await signedIn.request.post("/api/saved-filters", { headers, data: { name: "evil", query: "" } });
    expect(answer.status()).toBe(403);
  }
  const form = await signedIn.request.post("/api/saved-filters", { headers: { origin: stack.url }, form: { name: "evil", query: "" } });
  expect(form.status()).toBe(400);
});

test("an address or a header without end is refused", async ({ stack }) => {
  const long = "a".repeat(40_000);
  const statusOf = (path: string, headers: Record<string, string>) =>
    new Promise<number | string>((resolve) => {
      const sent = httpRequest(new URL(path, stack.url), { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      sent.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "cut"));
      sent.end();
    });
  expect([431, "ECONNRESET", "EPIPE"]).toContain(await statusOf(`/jobs?q=${long}`, {}));
  expect([431, "ECONNRESET", "EPIPE"]).toContain(await statusOf("/jobs", { "x-long": long }));
});

test("a sign-in of more than 16 kB is not read", async ({ request, stack }) => {
  const answer = await request.post("/api/auth/sign-in/email", {
    data: { email: stack.admin.email, password: "x".repeat(16 * 1024) },
    headers: { origin: stack.url },
  });
  expect(answer.status()).toBe(400);
  expect(await answer.text()).toContain("16,384 bytes");
});

test("metrics are for this machine, asked without a proxy", async ({ request }) => {
  const answer = await request.get("/metrics");
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toContain("longshore_database_up 1");
  expect((await request.get("/metrics", { headers: { "x-forwarded-for": "203.0.113.9" } })).status()).toBe(403);
  expect((await request.get("/metrics", { headers: { "x-longshore-metrics": "yes", host: "evil.example" } })).status()).toBe(403);
});
