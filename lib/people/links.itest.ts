import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { type Auth, createAuth } from "../auth/auth.ts";
import { createDb, type Db } from "../db/client.ts";
import type { Context } from "../jobs/context.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { askPasswordReset } from "./ask-password-reset.ts";
import { changePassword } from "./change-password.ts";
import { disablePerson } from "./disable-person.ts";
import { invitePerson } from "./invite-person.ts";
import { listPeople } from "./list-people.ts";
import { openInvitation, openPasswordReset } from "./open-link.ts";
import { renewInvitation } from "./renew-invitation.ts";
import { resetPassword } from "./reset-password.ts";
import { delivery, newPerson, newSession, password, tokenOf } from "./testing/people-context.ts";
import { withdrawInvitation } from "./withdraw-invitation.ts";

const start = new Date("2026-03-04T05:06:07Z");
const day = 24 * 60 * 60_000;
const chosen = "a password they chose";
let time = start;
const now = () => time;
let database: TestDatabase;
let db: Db;
let auth: Auth;
let admin: Context & { caller: { userId: string } };
let number = 0;
const anybody = () => ({ email: `new-${++number}@example.com`, name: "Nell", role: "operator" as const });
const open = () => ({ db, now, passwordsAllowed: true });

beforeAll(async () => {
  database = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", database.url);
  vi.stubEnv("LONGSHORE_SECRET", "a secret of at least thirty-two characters");
  vi.stubEnv("LONGSHORE_ACCOUNT_ID", "123456789012");
  db = createDb(database.url);
  auth = createAuth({ db, secret: "a secret of at least thirty-two characters", secure: false });
  admin = await newPerson(db, now, "admin");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await db.$disconnect();
  await database.drop();
});

const signIn = async (email: string, word: string): Promise<number> => {
  const headers = { "content-type": "application/json", host: "console.test", origin: "http://console.test" };
  const body = JSON.stringify({ email, password: word });
  return (await auth.handler(new Request("http://console.test/api/auth/sign-in/email", { method: "POST", headers, body }))).status;
};
const invitationOf = async (email: string) => (await listPeople(admin)).invitations.find((invitation) => invitation.email === email);

describe("an invitation", () => {
  test("makes the person who accepts it, with the role it says and the password they choose, once", async () => {
    const who = anybody();
    const link = await invitePerson(admin, { ...who, email: who.email.toUpperCase() }, delivery);
    expect(link).toMatchObject({ email: who.email, mailed: null, expiresAt: new Date(start.getTime() + 7 * day).toISOString() });
    expect(await invitationOf(who.email)).toMatchObject({ role: "operator", expired: false, createdBy: admin.caller.name });
    const token = tokenOf(link);
    const both = await Promise.allSettled([1, 2].map((n) => acceptInvitation(open(), { token, name: `Nell ${n}`, password: chosen })));
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db.auditEntry.count({ where: { action: "person.join", actor: who.email } })).toBe(1);
    expect(await db.user.findUnique({ where: { email: who.email } })).toMatchObject({ role: "operator", emailVerified: true });
    expect(await signIn(who.email, chosen)).toBe(200);
    expect(await invitationOf(who.email)).toBeUndefined();
    expect(await openInvitation(db, token, time)).toEqual({ state: "used" });
    await expect(acceptInvitation(open(), { token, name: "Nell", password: chosen })).rejects.toMatchObject({
      code: "Conflict",
      message: expect.stringContaining("Sign in"),
    });
  });

  test("keeps nothing of its token but a hash, in no table", async () => {
    const token = tokenOf(await invitePerson(admin, anybody(), delivery));
    expect(token).toMatch(/^[\w-]{43}$/);
    const kept = JSON.stringify([await db.invitation.findMany(), (await db.auditEntry.findMany()).map(({ id: _id, ...entry }) => entry)]);
    expect(kept).not.toContain(token);
  });

  test("for an address that has an account or an invitation is refused at the address", async () => {
    const who = anybody();
    await invitePerson(admin, who, delivery);
    const refused = { code: "InvalidRequest", issues: [{ path: "email" }] };
    await expect(invitePerson(admin, who, delivery)).rejects.toMatchObject(refused);
    await expect(invitePerson(admin, { ...who, email: admin.caller.name.toUpperCase() }, delivery)).rejects.toMatchObject(refused);
    const twice = anybody();
    const both = await Promise.allSettled([1, 2].map(() => invitePerson(admin, twice, delivery)));
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("ends after seven days, and may then be made anew", async () => {
    const who = anybody();
    const token = tokenOf(await invitePerson(admin, who, delivery));
    time = new Date(start.getTime() + 7 * day);
    expect(await openInvitation(db, token, time)).toEqual({ state: "expired" });
    await expect(acceptInvitation(open(), { token, name: "Nell", password: chosen })).rejects.toMatchObject({ message: expect.stringContaining("expired") });
    expect(await invitationOf(who.email)).toMatchObject({ expired: true });
    const again = await invitePerson(admin, who, delivery);
    expect(await openInvitation(db, tokenOf(again), time)).toMatchObject({ state: "open" });
    time = start;
  });

  test("leads nowhere once it is withdrawn, or has a new link", async () => {
    const who = anybody();
    const first = tokenOf(await invitePerson(admin, who, delivery));
    const { id = "" } = (await invitationOf(who.email)) ?? {};
    const second = tokenOf(await renewInvitation(admin, id, delivery));
    expect(await openInvitation(db, first, time)).toEqual({ state: "wrong" });
    expect(await openInvitation(db, second, time)).toMatchObject({ state: "open", id });
    await withdrawInvitation(admin, id);
    expect(await openInvitation(db, second, time)).toEqual({ state: "withdrawn" });
    await expect(acceptInvitation(open(), { token: second, name: "Nell", password: chosen })).rejects.toMatchObject({ code: "Conflict" });
    await expect(withdrawInvitation(admin, id)).rejects.toMatchObject({ code: "NotFound" });
    await expect(renewInvitation(admin, "no id", delivery)).rejects.toMatchObject({ code: "NotFound" });
  });

  test.each(["", "x", "a".repeat(43), "../../etc"])("is not known by %j", async (token) => {
    expect(await openInvitation(db, token, time)).toEqual({ state: "wrong" });
    expect(await openPasswordReset(db, token, time)).toEqual({ state: "wrong" });
  });

  test("takes no short and no endless password", async () => {
    const token = tokenOf(await invitePerson(admin, anybody(), delivery));
    for (const word of ["eleven char", "a".repeat(129)]) {
      await expect(acceptInvitation(open(), { token, name: "Nell", password: word })).rejects.toMatchObject({ issues: [{ path: ["password"] }] });
    }
  });

  test("brings nobody but administrators a password where those are off", async () => {
    const closed = { ...open(), passwordsAllowed: false };
    const operator = tokenOf(await invitePerson(admin, anybody(), delivery));
    await expect(acceptInvitation(closed, { token: operator, name: "Nell", password: chosen })).rejects.toMatchObject({ code: "Conflict" });
    const another = tokenOf(await invitePerson(admin, { ...anybody(), role: "admin" }, delivery));
    await acceptInvitation(closed, { token: another, name: "Ada", password: chosen });
  });

  test("is mailed where mail is sent, and can be copied when it is not taken", async () => {
    const sent: { to: string; text: string }[] = [];
    const mailer = { send: async (mail: { to: string; text: string }) => void sent.push(mail), close: () => undefined };
    const who = anybody();
    const link = await invitePerson(admin, who, { ...delivery, mailer });
    expect(link.mailed).toBe(true);
    expect(sent).toMatchObject([{ to: who.email, text: expect.stringContaining(link.url) }]);
    const broken = { send: () => Promise.reject(Object.assign(new Error("no"), { responseCode: 550 })), close: () => undefined };
    expect(await invitePerson(admin, anybody(), { ...delivery, mailer: broken })).toMatchObject({ mailed: false, mailFailure: expect.stringContaining("550") });
  });
});

describe("a link for a new password", () => {
  test("changes nothing until it is used; then all sessions end, and it works no more", async () => {
    const { caller } = await newPerson(db, now, "operator");
    const session = await newSession(db, caller.userId, time);
    const link = await askPasswordReset(admin, caller.userId, delivery);
    expect(link.expiresAt).toBe(new Date(start.getTime() + day).toISOString());
    expect(await db.session.count({ where: { userId: caller.userId } })).toBe(1);
    const token = tokenOf(link);
    const both = await Promise.allSettled([1, 2].map((n) => resetPassword(open(), { token, password: `${chosen} ${n}` })));
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const entries = await db.auditEntry.findMany({ where: { action: "person.password", targetId: caller.userId } });
    expect(entries).toMatchObject([{ before: { sessions: [{ id: session }] } }]);
    const worked = both[0]?.status === "fulfilled" ? 1 : 2;
    expect(await db.session.count({ where: { userId: caller.userId } })).toBe(0);
    expect(await signIn(caller.name, password)).toBe(401);
    expect(await signIn(caller.name, `${chosen} ${worked}`)).toBe(200);
    expect(await openPasswordReset(db, token, time)).toEqual({ state: "used" });
  });

  test("ends after a day, with the next one, and when the person is disabled", async () => {
    const { caller } = await newPerson(db, now, "operator");
    const first = tokenOf(await askPasswordReset(admin, caller.userId, delivery));
    const second = tokenOf(await askPasswordReset(admin, caller.userId, delivery));
    expect(await openPasswordReset(db, first, time)).toEqual({ state: "expired" });
    expect(await openPasswordReset(db, second, time)).toMatchObject({ state: "open" });
    expect(await openPasswordReset(db, second, new Date(start.getTime() + day))).toEqual({ state: "expired" });
    await disablePerson(admin, caller.userId);
    await expect(resetPassword(open(), { token: second, password: chosen })).rejects.toMatchObject({ message: expect.stringContaining("expired") });
  });
});

describe("one's own password", () => {
  test("is changed with the present one, and ends the other sessions", async () => {
    const person = await newPerson(db, now, "viewer");
    const [here, other] = [await newSession(db, person.caller.userId, time), await newSession(db, person.caller.userId, time)];
    const ctx = { ...person, caller: { ...person.caller, session: { id: here, lastSeenAt: null } } };
    await expect(changePassword(ctx, { present: "not the present one", password: chosen })).rejects.toMatchObject({ issues: [{ path: "present" }] });
    await changePassword(ctx, { present: password, password: chosen });
    expect(await db.session.findMany({ where: { userId: person.caller.userId } })).toMatchObject([{ id: here }]);
    const entries = await db.auditEntry.findMany({ where: { action: "person.password", targetId: person.caller.userId } });
    expect(entries).toMatchObject([{ before: { sessions: [{ id: other }] } }]);
    expect(await signIn(person.caller.name, chosen)).toBe(200);
  });

  test("is not guessed without end at a session that somebody left open", async () => {
    const person = await newPerson(db, now, "viewer");
    for (let guess = 0; guess < 10; guess++)
      await expect(changePassword(person, { present: `guess ${guess}`, password: chosen })).rejects.toMatchObject({
        message: expect.stringContaining("is not"),
      });
    await expect(changePassword(person, { present: password, password: chosen })).rejects.toMatchObject({
      message: expect.stringContaining("Wait 600 seconds"),
    });
  });
});
