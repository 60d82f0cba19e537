import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

test("what nobody caught in the console is in the log without secrets, and the console lives on", () => {
  const code = `
    import handlers from "next/dist/server/node-environment-extensions/process-error-handlers.js";
    import { logConsole } from "./lib/http/log-console.ts";
    import { log } from "./lib/log.ts";
    import { remember } from "./lib/scrub.ts";
    remember("${secret}");
    // As next start does.
    handlers.installProcessErrorHandlers(false);
    logConsole(log);
    void Promise.reject(new TypeError("rejected with ${secret}"));
    setTimeout(() => { throw new TypeError("thrown with ${secret}"); });
    setTimeout(() => {
      console.warn("%s of %d", "a warning", 2, "with ${secret}");
      log.info("lives on");
    });`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    encoding: "utf8",
    env: { NODE_ENV: "test", PATH: process.env.PATH },
  });
  const lines: { level: string; msg: string; err?: { type: string; stack: string } }[] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(lines.map(({ level, msg, err }) => [level, msg, err?.type])).toEqual([
    ["error", "unhandledRejection", "TypeError"],
    ["error", "thrown with [hidden]", "TypeError"],
    ["warn", "a warning of 2 with [hidden]", undefined],
    ["info", "lives on", undefined],
  ]);
  expect(lines[0]?.err?.stack).toContain("rejected with [hidden]");
  expect(lines[1]?.err?.stack).toContain("thrown with [hidden]");
});
