import { expect, test } from "vitest";
import { open, seal } from "./secret-box.ts";

const secret = "a secret of at least thirty-two characters";

test("opens what it sealed, whatever the text", () => {
  for (const text of ["", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "schlüssel 🔑", "x".repeat(10_000)]) {
    expect(open(seal(text, secret), secret)).toBe(text);
  }
});

test("never gives the same ciphertext twice and never shows the text", () => {
  const first = seal("plain", secret);
  expect(first).not.toBe(seal("plain", secret));
  expect(first).not.toContain("plain");
});

test("refuses another secret", () => {
  expect(() => open(seal("text", secret), `${secret}!`)).toThrow(/LONGSHORE_SECRET differs/);
});

test("refuses a changed byte anywhere", () => {
  const sealed = seal("text", secret);
  const bytes = Buffer.from(sealed.slice(3), "base64url");
  for (let index = 0; index < bytes.length; index++) {
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => open(`v1.${changed.toString("base64url")}`, secret), `byte ${index}`).toThrow();
  }
});

test("refuses what is not sealed at all", () => {
  for (const text of ["", "text", "v1.", "v2.AAAA", sealedTooShort]) expect(() => open(text, secret)).toThrow();
});

const sealedTooShort = `v1.${Buffer.alloc(20).toString("base64url")}`;
