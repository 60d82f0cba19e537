import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** The key is derived for this one use, so that the same LONGSHORE_SECRET can serve others; and its id for none but telling it from others. */
interface Key {
  id: string;
  bytes: Buffer;
}
const keys = new Map<string, Key>();
function keyOf(secret: string): Key {
  let key = keys.get(secret);
  if (!key) {
    const derive = (use: string, length: number) => Buffer.from(hkdfSync("sha256", secret, "longshore", use, length));
    key = { id: derive("secret-box key id", 6).toString("base64url"), bytes: derive("secret-box v1", 32) };
    keys.set(secret, key);
  }
  return key;
}

/** What every secret that `secret` sealed begins with. */
export const sealPrefix = (secret: string): string => `v2.${keyOf(secret).id}.`;

/** Encrypts a secret for the database (AES-256-GCM): "v2.", the key's id, "." and base64url of nonce, tag and ciphertext. */
export function seal(text: string, secret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret).bytes, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `${sealPrefix(secret)}${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/**
 * @param secrets the present one, and former ones that may have sealed it
 * @throws Error when it was sealed with another secret or has been changed.
 */
export function open(sealed: string, secrets: string | readonly string[]): string {
  const [version, ...rest] = sealed.split(".");
  const all = [secrets].flat();
  // The first version does not say whose it is.
  const [body, fitting] = version === "v2" ? [rest[1], all.filter((secret) => keyOf(secret).id === rest[0])] : [rest[0], version === "v1" ? all : []];
  let cause: unknown;
  for (const secret of fitting) {
    try {
      return decipher(body ?? "", secret);
    } catch (error) {
      cause = error;
    }
  }
  throw new Error(
    "A stored secret cannot be read: LONGSHORE_SECRET differs from the one it was stored with. Set the former value (LONGSHORE_SECRET_PREVIOUS), or enter the secret again.",
    { cause },
  );
}

function decipher(body: string, secret: string): string {
  const bytes = Buffer.from(body, "base64url");
  const cipher = createDecipheriv("aes-256-gcm", keyOf(secret).bytes, bytes.subarray(0, 12), { authTagLength: 16 });
  cipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString("utf8");
}
