import { spawn } from "node:child_process";
import type { Measured } from "../peers/peer.ts";
import { onOwnCore } from "./pin.ts";
import { endedChildrenCpuSeconds, peakRssBytes } from "./proc.ts";

const watchMs = 50;

/**
 * Runs a client to its end on a core of its own; what it takes to start counts, too.
 * @throws Error with the end of its words when it fails
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Omit<Measured, "tasks"> & { stdout: string }> {
  const before = endedChildrenCpuSeconds();
  const started = performance.now();
  const child = spawn(...onOwnCore(command, args), { env: { ...withoutAws(), ...env } as NodeJS.ProcessEnv, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let words = "";
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    words = (words + text).slice(-2_000);
  });
  let peakRss = 0;
  const watch = setInterval(() => {
    if (child.pid !== undefined) peakRss = Math.max(peakRss, peakRssBytes(child.pid));
  }, watchMs);
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  }).finally(() => clearInterval(watch));
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${words}${stdout.slice(-500)}`);
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: endedChildrenCpuSeconds() - before, peakRssBytes: peakRss, stdout };
}

/** A person's own settings for AWS (keys, a proxy's certificates) would change what is measured, or break it. */
const withoutAws = (): Record<string, string | undefined> => Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_")));
