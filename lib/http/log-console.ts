import { format, stripVTControlCharacters, types } from "node:util";
import type { Logger } from "pino";

/**
 * Has what others write to the console as errors and warnings become lines of the log, without secrets. Next does so for what nobody caught, an
 * exception or a rejected promise, and has the server live on: a page may begin to load what it then does not need. That stays as it is.
 */
export function logConsole(log: Logger): void {
  for (const level of ["error", "warn"] as const) {
    console[level] = (...said: unknown[]) => {
      const err = said.find(types.isNativeError);
      const words = stripVTControlCharacters(format(...said.map((part) => (part === err ? "" : part))));
      // Without a sign before it, or a colon before the error.
      log[level](err ? { err } : {}, words.replace(/^[⨯⚠]\s*|:?\s*$/g, "") || err?.message);
    };
  }
}
