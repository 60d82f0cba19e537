import { pino } from "pino";

const secretNames = ["password", "secret", "secretAccessKey", "secretEncrypted", "sessionToken", "token", "authorization", "cookie", "credentials"];

/** One JSON line per event on standard output. What is named like a secret is blotted out, down to the third level. */
export const log = pino({
  level: process.env.LONGSHORE_LOG_LEVEL ?? "info",
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[hidden]" },
});
