import { createHash, randomBytes } from "node:crypto";

/** What a browser keeps, signed, once a person has signed in with it. It opens nothing: it only sets the person's guesses apart from strangers'. */
export const knownDeviceCookie = "device";
export const knownDeviceSeconds = 180 * 24 * 60 * 60;

/** The cookie's value for a person. */
export const newDevice = (email: string): string => `${personOf(email)}.${randomBytes(16).toString("base64url")}`;

/** The browser's name, when the cookie is of this person; its signature has been verified already. */
export function deviceOfPerson(cookie: string | null | false | undefined, email: string): string | null {
  return typeof cookie === "string" && cookie.startsWith(`${personOf(email)}.`) ? cookie : null;
}

const personOf = (email: string): string => createHash("sha256").update(`device of ${email}`).digest("base64url").slice(0, 22);
