import fc from "fast-check";
import { expect, test } from "vitest";
import { changedFields, type Fields } from "./changed-fields.ts";

test.each<[string, Fields | undefined, Fields | undefined, unknown]>([
  ["only what differs", { a: 1, b: 2 }, { a: 1, b: 3 }, { before: { b: 2 }, after: { b: 3 } }],
  ["nothing", { a: { x: 1, y: [1] } }, { a: { y: [1], x: 1 } }, { before: null, after: null }],
  ["what is new", undefined, { a: 1, b: undefined }, { before: null, after: { a: 1 } }],
  ["what is gone", { a: 1 }, undefined, { before: { a: 1 }, after: null }],
  ["a field more", { a: null }, { a: 1, c: true }, { before: { a: null }, after: { a: 1, c: true } }],
  [
    "times and large numbers",
    { at: new Date(0), n: 1n },
    { at: new Date(1), n: 2n ** 64n },
    { before: { at: "1970-01-01T00:00:00.000Z", n: 1 }, after: { at: "1970-01-01T00:00:00.001Z", n: "18446744073709551616" } },
  ],
  ["a new secret", undefined, { secretAccessKey: "hunter2" }, { before: null, after: { secretAccessKey: "set" } }],
  ["another secret", { secretAccessKey: "hunter1" }, { secretAccessKey: "hunter2" }, { before: null, after: { secretAccessKey: "changed" } }],
  ["no secret any more", { password: "hunter1" }, { password: null }, { before: null, after: { password: "removed" } }],
  ["the same secret", { secretAccessKey: "hunter1" }, { secretAccessKey: "hunter1" }, { before: null, after: null }],
  [
    "a secret further in",
    undefined,
    { sts: { externalId: "x", secretAccessKey: "hunter2" } },
    { before: null, after: { sts: { externalId: "x", secretAccessKey: "set" } } },
  ],
  ["no secret, of what is new", undefined, { name: "a", secretEncrypted: null }, { before: null, after: { name: "a" } }],
  ["a secret of what is gone", { name: "a", secretEncrypted: "hunter1" }, undefined, { before: { name: "a" }, after: null }],
])("%s", (_what, before, after, expected) => expect(changedFields(before, after)).toEqual(expected));

test("whatever a text holds, it can be stored, and none fills the table", () => {
  const { after } = changedFields(undefined, { description: "a\0b\ud800", long: "x".repeat(100_000), many: Array.from({ length: 1000 }, (_, index) => index) });
  expect(after?.description).toBe("a\ufffdb\ufffd");
  expect(String(after?.long).length).toBeLessThan(4100);
  expect(after?.many).toHaveLength(201);
});

test("no value of a field that is named like a secret is ever told", () => {
  const named = fc.constantFrom(
    "secret",
    "secretAccessKey",
    "newPassword",
    "sessionToken",
    "credentials",
    "Authorization",
    "clientSecret",
    "privateKey",
    "PRIVATE_KEY",
  );
  const secret = fc.string({ minLength: 1, maxLength: 8 }).map((text) => `hunter2${text}`);
  const fields = fc.dictionary(named, fc.oneof(secret, fc.array(secret), fc.record({ inner: secret })));
  fc.assert(
    fc.property(fields, fields, fc.boolean(), (before, after, nested) => {
      const told = JSON.stringify(nested ? changedFields({ role: before }, { role: after }) : changedFields(before, after));
      expect(told).not.toContain("hunter2");
    }),
  );
});
