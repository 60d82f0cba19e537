import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { root } from "../bin/root.ts";

const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/** A process of its own, as Node starts it. */
function run(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    env: { NODE_ENV: "test", PATH: process.env.PATH, ...env },
  });
  return { status, stderr, lines: stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)])) };
}

test.each([
  ["is thrown", "setTimeout(() => { throw new TypeError(words); })", "TypeError"],
  ["rejects a promise", "void Promise.reject(new TypeError(words))", "TypeError"],
  ["rejects a promise and is no error", "void Promise.reject(words)", "UnhandledPromiseRejection"],
  ["is thrown while the module is read", "throw new TypeError(words)", "TypeError"],
  ["is what the module waits for", "await Promise.reject(new TypeError(words))", "TypeError"],
])("what nobody caught and %s ends the process, with one line in the log and without secrets", (_how, code, type) => {
  const preamble = `import { log } from "./lib/log.ts"; import { remember } from "./lib/scrub.ts"; import { dieLogged } from "./worker/die-logged.ts";
    const words = "the store said " + remember("${secret}"); dieLogged(log); setInterval(() => 0, 1e6);`;
  const { status, stderr, lines } = run(["--input-type=module", "-e", `${preamble}\n${code};`]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(lines).toEqual([
    {
      level: "fatal",
      time: expect.any(String),
      err: expect.objectContaining({ message: expect.stringContaining("the store said [hidden]"), stack: expect.stringContaining("[hidden]") }),
      msg: "the process ends by an error that nobody caught",
    },
  ]);
  expect(lines[0].err.stack).toContain(type);
  expect(JSON.stringify(lines)).not.toContain(secret);
});

test.each(["main.ts", "executor.ts"])("%s ends so", (file) => {
  const { status, stderr, lines } = run([`worker/${file}`], { LONGSHORE_SECRET: "too short" });
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(lines).toEqual([expect.objectContaining({ level: "fatal", err: expect.objectContaining({ message: expect.stringContaining("LONGSHORE_SECRET") }) })]);
});
