import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createDb, type Db } from "../db/client.ts";
import { log } from "../log.ts";
import { limits, takeAttempt } from "./attempts/take-attempt.ts";
import { type Auth, createAuth } from "./auth.ts";
import { callerOf } from "./caller.ts";
import { clientHeader } from "./client-header.ts";
import { createPerson } from "./create-person.ts";
import { ensureFirstAdmin } from "./seed-admin.ts";
import { maxSessions } from "./session-rules.ts";

const secret = "a secret of at least thirty-two characters";
const password = "correct horse battery";
let database: TestDatabase;
let db: Db;
let auth: Auth;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  auth = createAuth({ db, secret, secure: false });
  await createPerson(db, { email: "Vera@Example.com", password, name: "Vera", role: "viewer" });
});

afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  auth.handler(
    new Request(`http://console.test/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", host: "console.test", origin: "http://console.test", ...headers },
      body: JSON.stringify(body),
    }),
  );

const signIn = (email: string, word = password): Promise<Response> => post("/sign-in/email", { email, password: word });

const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

describe("signing in", () => {
  test("works with the right password, whatever the address's case, and names the caller", async () => {
    const response = await signIn("vera@example.com");
    expect(response.status).toBe(200);
    const caller = await callerOf(auth, new Headers({ cookie: cookieOf(response) }));
    expect(caller).toMatchObject({ name: "vera@example.com", role: "viewer" });
  });

  test("is refused with a wrong password and for an unknown person, in the same words", async () => {
    const wrong = await signIn("vera@example.com", "wrong password");
    const unknown = await signIn("nobody@example.com");
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.json()).toEqual(await unknown.json());
  });

  test("has to wait after ten wrong passwords, even with the right one", async () => {
    await createPerson(db, { email: "target@example.com", password, name: "Target", role: "viewer" });
    for (let guess = 0; guess < 10; guess++) expect((await signIn("target@example.com", `guess ${guess}`)).status).toBe(401);
    expect((await signIn("target@example.com")).status).toBe(429);
  });

  test("has not to wait for strangers' guesses in a browser that the person has used; in nobody else's, and with no cookie that is forged", async () => {
    const email = "known@example.com";
    await createPerson(db, { email, password, name: "Known", role: "viewer" });
    const device = (await signIn(email)).headers.getSetCookie().find((line) => line.includes("device=")) ?? "";
    expect(device).toMatch(/HttpOnly/i);
    const cookie = device.split(";")[0] ?? "";
    for (let guess = 0; guess < 11; guess++) await signIn(email, `guess ${guess}`);
    expect((await signIn(email)).status).toBe(429);
    const by = async (who: string, word: string, sent: string) => (await post("/sign-in/email", { email: who, password: word }, { cookie: sent })).status;
    expect(
      await by(
        email,
        password,
        cookie.replace(/.$/, (last) => (last === "A" ? "B" : "A")),
      ),
    ).toBe(429);
    expect(await by(email, "wrong", cookie)).toBe(401);
    expect(await by(email, password, cookie)).toBe(200);
    // Of another person, it is worth nothing.
    const other = "other@example.com";
    await createPerson(db, { email: other, password, name: "Other", role: "viewer" });
    for (let guess = 0; guess < 11; guess++) await signIn(other, `guess ${guess}`);
    expect(await by(other, password, cookie)).toBe(429);
  });

  test("counts strangers by the address that our own route names, and by no header of theirs", async () => {
    const email = "addressed@example.com";
    await createPerson(db, { email, password, name: "Addressed", role: "viewer" });
    const from = async (address: string, word: string, more = {}) =>
      (await post("/sign-in/email", { email, password: word }, { [clientHeader]: address, ...more })).status;
    for (let guess = 0; guess < 11; guess++) await from("198.51.100.7", `guess ${guess}`, { "x-forwarded-for": `203.0.113.${guess}` });
    expect(await from("198.51.100.7", password)).toBe(429);
    expect(await from("198.51.100.8", password)).toBe(200);
    expect(await db.session.findFirst({ where: { user: { email } } })).toMatchObject({ ipAddress: "198.51.100.8" });
  });

  test("is refused to who is disabled, also with a session from the very moment, and works again once they are enabled", async () => {
    const email = "disabled@example.com";
    const { userId } = await createPerson(db, { email, password, name: "Disabled", role: "viewer" });
    const headers = new Headers({ cookie: cookieOf(await signIn(email)) });
    await db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    const refused = await signIn(email);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ message: expect.stringContaining("disabled") });
    expect((await signIn(email, "wrong")).status).toBe(401);
    expect(await callerOf(auth, headers)).toBeNull();
    await db.user.update({ where: { id: userId }, data: { disabledAt: null } });
    expect(await callerOf(auth, headers)).toMatchObject({ name: email });
  });

  test("leaves a person the fifty sessions they used last, and begins no more than 200 in an hour", async () => {
    const email = "many@example.com";
    const { userId } = await createPerson(db, { email, password, name: "Many", role: "viewer" });
    const expiresAt = new Date(Date.now() + 3_600_000);
    const session = (id: number) => ({ id: `many ${id}`, token: `many ${id}`, userId, expiresAt, createdAt: new Date(Date.UTC(2026, 0, 1, 0, id)) });
    await db.session.createMany({ data: Array.from({ length: maxSessions + 5 }, (_, id) => session(id)) });
    // The browser of every day, and one that has ended.
    await db.session.update({ where: { id: "many 0" }, data: { lastSeenAt: new Date() } });
    await db.session.update({ where: { id: "many 54" }, data: { expiresAt: new Date(0) } });
    expect((await signIn(email)).status).toBe(200);
    const kept = await db.session.findMany({ where: { userId }, orderBy: { createdAt: "asc" } });
    expect([kept.length, kept[0]?.id, kept[1]?.id, kept.at(-2)?.id]).toEqual([maxSessions, "many 0", "many 6", "many 53"]);
    while ((await takeAttempt(db, limits.session, [userId], new Date())) === 0);
    // More often than a password may be guessed: theirs is right.
    for (let tried = 0; tried < 12; tried++) {
      const refused = await signIn(email);
      expect([refused.status, await refused.json()]).toEqual([429, expect.objectContaining({ message: expect.stringContaining("signed in too often") })]);
    }
    expect(await db.auditEntry.count({ where: { action: "session.sign-in-failed", targetId: userId } })).toBe(0);
  });

  test("is refused from another origin", async () => {
    const response = await post("/sign-in/email", { email: "vera@example.com", password }, { origin: "https://evil.example" });
    expect(response.status).toBe(403);
  });

  test("has its errors in the log's own lines, so that what a stranger sends forges none", async () => {
    const said = (["log", "info", "warn", "error"] as const).map((name) => vi.spyOn(console, name));
    const lines: string[] = [];
    const logged = vi.spyOn(log, "error").mockImplementation((...line: unknown[]) => void lines.push(JSON.stringify(line)));
    const forged = 'https://evil.example\n{"level":"info","msg":"all is well"}';
    expect((await post("/sign-in/email", { email: "vera@example.com", password, callbackURL: forged + "x".repeat(5_000) })).status).toBe(403);
    expect(said.flatMap((spy) => spy.mock.calls)).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("evil.example");
    expect(lines[0]?.length).toBeLessThan(1_200);
    for (const spy of [...said, logged]) spy.mockRestore();
  });

  test("gives a cookie that scripts cannot read, for https only where that is spoken", async () => {
    const response = await signIn("vera@example.com");
    const plain = response.headers.getSetCookie().find((cookie) => cookie.includes("session_token"));
    const { token } = await db.session.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
    expect(plain).toContain(token);
    const body = await response.text();
    expect(body).not.toContain(token);
    expect(JSON.parse(body)).toMatchObject({ user: { email: "vera@example.com" } });
    expect(plain).toMatch(/HttpOnly/i);
    expect(plain).toMatch(/SameSite=Lax/i);
    expect(plain).not.toMatch(/Secure/i);
    const secure = createAuth({ db, secret, secure: true });
    expect((await secure.$context).authCookies.sessionToken).toMatchObject({ name: "__Secure-longshore.session_token", attributes: { secure: true } });
  });
});

describe("the audit trail", () => {
  const from = { "x-longshore-client": "203.0.113.7", "user-agent": "a browser", "x-longshore-request-id": "R1" };
  const entries = (email: string) => db.auditEntry.findMany({ where: { targetName: email }, orderBy: { id: "asc" } });

  test("has each sign-in and each sign-out, from where and by whom", async () => {
    const { userId } = await createPerson(db, { email: "audited@example.com", password, name: "Audited", role: "viewer" });
    const response = await post("/sign-in/email", { email: "Audited@example.com", password }, from);
    expect((await post("/sign-out", {}, { ...from, cookie: cookieOf(response) })).status).toBe(200);
    expect(await entries("audited@example.com")).toMatchObject([
      { action: "session.sign-in", actor: "audited@example.com", actorId: userId, ip: "203.0.113.7", userAgent: "a browser", requestId: "R1", via: "console" },
      { action: "session.sign-out", actor: "audited@example.com", actorId: userId, targetId: userId },
    ]);
    expect(JSON.stringify(await entries("audited@example.com"), (_name, value) => (typeof value === "bigint" ? 0 : value))).not.toContain(password);
  });

  test("has failed ones under the e-mail that was tried, and keeps nothing that may be a password", async () => {
    await post("/sign-in/email", { email: "stranger@example.com", password: "hunter2hunter2" }, from);
    expect(await entries("stranger@example.com")).toMatchObject([
      {
        action: "session.sign-in-failed",
        actor: "stranger@example.com",
        actorId: null,
        targetId: null,
        detail: "Invalid email or password",
        ip: "203.0.113.7",
      },
    ]);
    await post("/sign-in/email", { email: "hunter2 hunter2", password: "x" }, from);
    const all = await db.auditEntry.findMany();
    expect(JSON.stringify(all, (_name, value) => (typeof value === "bigint" ? 0 : value))).not.toContain("hunter2");
    expect(all.some((entry) => entry.targetName === "(no e-mail address)")).toBe(true);
  });

  test("is not passed by: a session that cannot be written down is not handed out", async () => {
    await createPerson(db, { email: "unseen@example.com", password, name: "Unseen", role: "viewer" });
    await db.$executeRaw`ALTER TABLE "AuditEntry" ADD CONSTRAINT nothing_unseen CHECK ("targetName" <> 'unseen@example.com')`;
    const response = await signIn("unseen@example.com").catch(() => null);
    expect(response?.ok ?? false).toBe(false);
    expect(response?.headers.getSetCookie() ?? []).toEqual([]);
  });

  test("has no entry for a sign-out of nobody", async () => {
    const before = await db.auditEntry.count();
    await post("/sign-out", {}, from);
    expect(await db.auditEntry.count()).toBe(before);
  });
});

test("a forged cookie names nobody", async () => {
  const response = await signIn("vera@example.com");
  expect(await callerOf(auth, new Headers({ cookie: cookieOf(response).replace(/(session_token=[^;]*)[^;]/, "$1") }))).toBeNull();
  expect(await callerOf(auth, new Headers())).toBeNull();
});

test("nobody signs up over HTTP", async () => {
  const response = await post("/sign-up/email", { email: "new@example.com", password, name: "New" });
  expect(response.ok).toBe(false);
  expect(await db.user.count({ where: { email: "new@example.com" } })).toBe(0);
});

test("nobody changes their own role", async () => {
  const cookie = cookieOf(await signIn("vera@example.com"));
  await post("/update-user", { name: "Vera", role: "admin", disabledAt: null }, { cookie });
  expect(await db.user.findUnique({ where: { email: "vera@example.com" } })).toMatchObject({ role: "viewer" });
});

test("the first admin is made once, and only where nobody is", async () => {
  const other = await createTestDatabase();
  const empty = createDb(other.url);
  try {
    const admin = { email: "admin@example.com", password, name: "Admin" };
    const made = await Promise.all([ensureFirstAdmin(empty, admin), ensureFirstAdmin(empty, admin)]);
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await empty.user.findMany()).toMatchObject([{ email: "admin@example.com", role: "admin" }]);
    expect(await empty.auditEntry.findMany()).toMatchObject([
      { action: "person.create", actor: "Longshore", via: "command line", targetName: "admin@example.com" },
    ]);
    expect(await ensureFirstAdmin(db, admin)).toBe(false);
  } finally {
    await empty.$disconnect();
    await other.drop();
  }
});
