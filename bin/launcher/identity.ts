import { hkdfSync } from "node:crypto";

/** What an installation calls itself, all of it derived from its secret: nothing more to store, and alike on each machine that shares the secret. */
export interface Identity {
  /** 12 digits. */
  accountId: string;
  roleArn: string;
  admin: { email: string; password: string };
  /** The first admin's, for the S3 Control API. */
  accessKey: KeyPair;
  /** The sandbox's users: the connection's own, and the execution role's. */
  sandbox: { console: KeyPair; role: KeyPair };
}

export interface KeyPair {
  accessKeyId: string;
  secretAccessKey: string;
}

export function deriveIdentity(secret: string, givenAccountId?: string): Identity {
  const bytes = (use: string, length: number) => Buffer.from(hkdfSync("sha256", secret, "longshore", `launcher ${use} v1`, length));
  const pick = (use: string, alphabet: string, length: number) => Array.from(bytes(use, length), (byte) => alphabet[byte % alphabet.length]).join("");
  const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const keys = (user: string): KeyPair => ({
    accessKeyId: `LSBX${pick(`sandbox ${user} id`, base32, 16)}`,
    secretAccessKey: bytes(`sandbox ${user} key`, 30).toString("base64url"),
  });
  const accountId = givenAccountId ?? pick("account id", "0123456789", 12);
  const words = pick("admin password", "abcdefghijkmnpqrstuvwxyz23456789", 20);
  return {
    accountId,
    roleArn: `arn:aws:iam::${accountId}:role/longshore-sandbox`,
    admin: { email: "admin@longshore.local", password: words.replace(/(.{5})(?=.)/g, "$1-") },
    accessKey: { accessKeyId: `LSIA${pick("access key id", base32, 16)}`, secretAccessKey: bytes("access key", 30).toString("base64url") },
    sandbox: { console: keys("console"), role: keys("role") },
  };
}
