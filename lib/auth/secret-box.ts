import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const version = "v1";

/** The key is derived for this one use, so that the same LONGSHORE_SECRET can serve others. */
const keys = new Map<string, Buffer>();
function keyOf(secret: string): Buffer {
  let key = keys.get(secret);
  if (!key) {
    key = Buffer.from(hkdfSync("sha256", secret, "longshore", "secret-box v1", 32));
    keys.set(secret, key);
  }
  return key;
}

/** Encrypts a secret for the database (AES-256-GCM): "v1." and base64url of nonce, tag and ciphertext. */
export function seal(text: string, secret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `${version}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/** @throws Error when it was sealed with another secret or has been changed. */
export function open(sealed: string, secret: string): string {
  try {
    const [prefix, body = ""] = sealed.split(".");
    if (prefix !== version) throw new Error("unknown version");
    const bytes = Buffer.from(body, "base64url");
    const decipher = createDecipheriv("aes-256-gcm", keyOf(secret), bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new Error(
      "A stored secret cannot be read: LONGSHORE_SECRET differs from the one it was stored with. Set the former value, or enter the secret again.",
      { cause },
    );
  }
}
