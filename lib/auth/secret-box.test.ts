import { createCipheriv, hkdfSync, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { open, seal, sealPrefix } from "./secret-box.ts";

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
  const prefix = sealPrefix(secret);
  const bytes = Buffer.from(sealed.slice(prefix.length), "base64url");
  for (let index = 0; index < bytes.length; index++) {
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => open(`${prefix}${changed.toString("base64url")}`, secret), `byte ${index}`).toThrow();
  }
});

test("refuses what is not sealed at all", () => {
  for (const text of ["", "text", "v1.", "v2.AAAA", sealPrefix(secret), "v3.AAAA.AAAA", sealedTooShort]) expect(() => open(text, secret)).toThrow();
});

const sealedTooShort = `v1.${Buffer.alloc(20).toString("base64url")}`;

/** As Longshore sealed before it named keys. */
function sealedBefore(text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(hkdfSync("sha256", secret, "longshore", "secret-box v1", 32)), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

test("opens what was sealed before keys had names, and with whichever secret fits", () => {
  const next = `${secret}, changed`;
  expect(open(sealedBefore("text"), secret)).toBe("text");
  expect(open(sealedBefore("text"), [next, secret])).toBe("text");
  expect(open(seal("text", secret), [next, secret])).toBe("text");
  expect(open(seal("text", next), [next, secret])).toBe("text");
  expect(() => open(sealedBefore("text"), next)).toThrow(/LONGSHORE_SECRET_PREVIOUS/);
});

test("a key's name is not the key, and is another for another secret", () => {
  expect(sealPrefix(secret)).toMatch(/^v2\.[\w-]{8}\.$/);
  expect(sealPrefix(secret)).not.toBe(sealPrefix(`${secret}!`));
});
