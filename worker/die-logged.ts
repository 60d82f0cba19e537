import type { Logger } from "pino";

/**
 * Lets an error that nobody caught end the process as it would by itself, with its last words in the log: one line, without secrets,
 * where Node would print the error as it is. Node hands on a promise's rejection that nobody caught as well.
 */
export function dieLogged(log: Logger): void {
  process.on("uncaughtException", (err) => {
    log.fatal({ err }, "the process ends by an error that nobody caught");
    process.exit(1);
  });
}
