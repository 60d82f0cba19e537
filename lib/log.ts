import { type DestinationStream, type Logger, pino } from "pino";
import { logScope } from "./log-scope.ts";
import { scrub } from "./scrub.ts";

const secretNames = ["password", "secret", "secretAccessKey", "secretEncrypted", "sessionToken", "token", "authorization", "cookie", "credentials"];

/**
 * One JSON line per event, with the request or the job that it is of. What is named like a secret is blotted out, down to the third level; and in the line as a whole,
 * what looks like one or is known to be one, however deep: in an error's words, its cause, a URL.
 * @param destination standard output, unless it is given
 */
export const createLog = (destination?: DestinationStream): Logger =>
  pino(
    {
      level: process.env.LONGSHORE_LOG_LEVEL ?? "info",
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => ({ ...logScope() }),
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[hidden]" },
      hooks: { streamWrite: scrub },
    },
    destination ?? pino.destination(1),
  );

export const log = createLog();
