import { describe, expect, test } from "vitest";
import { openRoleSession, type SessionKeys, saysKeysEnded } from "./role-session.ts";

const hour = 3_600_000;
class Refused extends Error {}

/** STS and a clock that the test moves. */
async function open() {
  let now = 0;
  let asked = 0;
  let answer: () => Promise<SessionKeys> = async () => keysOf();
  const keysOf = (): SessionKeys => ({ accessKeyId: `K${asked}`, secretAccessKey: "s", sessionToken: "t", expiresAt: now + hour });
  const session = await openRoleSession(
    () => {
      asked += 1;
      return answer();
    },
    () => now,
    (error) => error instanceof Refused,
  );
  return {
    session,
    asked: () => asked,
    pass: (ms: number) => {
      now += ms;
    },
    answer: (next: (() => Promise<SessionKeys>) | null) => {
      answer = next ?? (async () => keysOf());
    },
  };
}
/** Whatever was begun has ended. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("the keys of a role's session", () => {
  test("are replaced a quarter of an hour before they end, once, while those at hand are used", async () => {
    const { session, asked, pass } = await open();
    pass(hour - 15 * 60_000 - 1);
    session.keepFresh();
    expect(asked()).toBe(1);
    pass(1);
    session.keepFresh();
    session.keepFresh();
    expect(session.keys.accessKeyId).toBe("K1");
    expect((await session.fresh()).accessKeyId).toBe("K1");
    await settled();
    expect(session.keys.accessKeyId).toBe("K2");
    expect(asked()).toBe(2);
  });

  test("that have ended are waited for, by all with one question", async () => {
    const { session, asked, pass } = await open();
    pass(hour);
    const all = await Promise.all([session.fresh(), session.fresh(), session.renew(session.keys)]);
    expect(all.map((keys) => keys.accessKeyId)).toEqual(["K2", "K2", "K2"]);
    expect(asked()).toBe(2);
  });

  test("that the store takes no more are replaced, unless somebody has replaced them already", async () => {
    const { session, asked, pass } = await open();
    const first = session.keys;
    pass(11_000);
    const second = await session.renew(first);
    expect(second).not.toBe(first);
    expect(await session.renew(first)).toBe(second);
    expect(asked()).toBe(2);
  });

  test("that are new and refused all the same are not asked for again", async () => {
    const { session, asked, pass } = await open();
    pass(9_999);
    expect(await session.renew(session.keys)).toBe(session.keys);
    expect(asked()).toBe(1);
  });

  test("go on while STS is away, until they end; it is asked every two seconds", async () => {
    const { session, asked, pass, answer } = await open();
    answer(() => Promise.reject(new Error("away")));
    pass(hour - 60_000);
    for (let tick = 0; tick < 4; tick += 1) {
      session.keepFresh();
      await settled();
      pass(1_000);
    }
    expect(asked()).toBe(3);
    expect((await session.fresh()).accessKeyId).toBe("K1");
    pass(60_000);
    await expect(session.fresh()).rejects.toThrow("away");
    expect(session.refusal).toBeNull();
    answer(null);
    await expect(session.fresh()).rejects.toThrow("away");
    pass(2_000);
    expect((await session.fresh()).accessKeyId).toBe("K5");
  });

  test("say that they are refused only once somebody cannot go on, and take it back", async () => {
    const { session, pass, answer } = await open();
    answer(() => Promise.reject(new Refused("no")));
    pass(hour - 60_000);
    session.keepFresh();
    await settled();
    expect(session.refusal).toBeNull();
    pass(61_000);
    await expect(session.fresh()).rejects.toThrow("no");
    expect(session.refusal?.message).toBe("no");
    answer(null);
    pass(2_000);
    await session.fresh();
    expect(session.refusal).toBeNull();
  });
});

test.each([
  ["ExpiredToken", true],
  ["ExpiredTokenException", true],
  ["InvalidToken", true],
  ["AccessDenied", false],
  ["InvalidAccessKeyId", false],
])("%s says that keys have ended: %s", (code, ended) => expect(saysKeysEnded(code)).toBe(ended));
