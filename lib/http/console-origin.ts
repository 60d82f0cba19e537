import { env } from "../env.ts";
import { hostOf, isSecure } from "./origin.ts";

/** Where the person who asks has opened the console: "https://longshore.example.com" */
export function consoleOrigin(headers: Headers): string {
  const { LONGSHORE_URL } = env();
  return LONGSHORE_URL ? new URL(LONGSHORE_URL).origin : `${isSecure(headers) ? "https" : "http"}://${hostOf(headers)}`;
}
