import { createHash, randomBytes } from "node:crypto";

const shape = /^[\w-]{43}$/;

/** A new token for a link (256 bits), and what is kept of it. */
export function newLinkToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: hashOf(token) };
}

/** By which the database finds a token; null for what can be none. */
export const linkTokenHash = (token: string): string | null => (shape.test(token) ? hashOf(token) : null);

/** Without salt: there is nothing to guess in a token. */
const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
