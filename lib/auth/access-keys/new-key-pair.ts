import { randomInt } from "node:crypto";

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const pick = (alphabet: string, length: number): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");

/**
 * Both as long as AWS's, which is what clients and forms expect. The id begins with LSIA, and not with AKIA: nobody takes it
 * for a key of AWS's, neither a person nor a scanner that looks for leaked ones. The secret (238 bits) is of letters and
 * digits alone: one double click marks it whole, and no shell or URL changes it.
 */
export const newKeyPair = (): { accessKeyId: string; secretAccessKey: string } => ({
  accessKeyId: `LSIA${pick(base32, 16)}`,
  secretAccessKey: pick(base62, 40),
});

export const isAccessKeyId = (id: string): boolean => /^LSIA[A-Z2-7]{16}$/.test(id);
