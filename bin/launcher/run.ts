import { spawn } from "node:child_process";
import { StartError } from "../errors.ts";
import { root } from "../root.ts";

/** Runs a command to its end, out of sight. @throws StartError with the end of its output when it fails */
export async function runQuietly(what: string, command: string, args: string[], env: Record<string, string>, signal: AbortSignal): Promise<void> {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const kill = () => {
    // Its own group: a build has workers of its own.
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  };
  signal.addEventListener("abort", kill, { once: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output = (output + chunk).slice(-20_000);
    });
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  }).finally(() => signal.removeEventListener("abort", kill));
  if (code === 0) return;
  signal.throwIfAborted();
  throw new StartError(`${what} failed:\n${output.trim()}`);
}
