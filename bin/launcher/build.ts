import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "../errors.ts";
import { root } from "../root.ts";
import { takeLock } from "./lock.ts";
import { runQuietly } from "./run.ts";
import { step } from "./screen.ts";

const BUILD_WAIT_MS = 10 * 60_000;
const CLIENT = { inputs: ["prisma/schema.prisma", "package-lock.json"], stamp: "lib/db/generated/.made-from" };
const CONSOLE = {
  inputs: [
    "app",
    "components",
    "lib",
    "public",
    "proxy.ts",
    "instrumentation.ts",
    "prisma/schema.prisma",
    "next.config.js",
    "postcss.config.mjs",
    "tsconfig.json",
    "package.json",
    "package-lock.json",
  ],
  stamp: ".next/.made-from",
};

/** Generates the Prisma client and builds the console, each only when what it is made from has changed. */
export async function buildWhatChanged(parts: { console: boolean }, signal: AbortSignal): Promise<void> {
  const wanted = [CLIENT, ...(parts.console ? [CONSOLE] : [])];
  if (wanted.every(upToDate)) return;
  mkdirSync(join(root, ".cache"), { recursive: true });
  const lock = await takeLock(join(root, ".cache", "build.lock"), BUILD_WAIT_MS);
  if (typeof lock !== "function")
    throw new StartError(`Process ${lock.heldBy} has been building this directory for more than ten minutes. End it, then start again.`);
  try {
    if (!upToDate(CLIENT)) await step("Generating the database client", () => generateClient(signal));
    if (parts.console && !upToDate(CONSOLE)) await step("Building the console (once per version, a minute or so)", () => buildConsole(signal));
  } finally {
    lock();
  }
}

async function generateClient(signal: AbortSignal): Promise<void> {
  const made = digest(CLIENT.inputs);
  // Generating needs no schema engine; naming any program as one keeps Prisma from downloading it.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };
  await runQuietly("Generating the database client", process.execPath, ["node_modules/prisma/build/index.js", "generate"], env, signal);
  writeFileSync(join(root, CLIENT.stamp), made);
}

async function buildConsole(signal: AbortSignal): Promise<void> {
  const made = digest(CONSOLE.inputs);
  const env = { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  await runQuietly("Building the console", process.execPath, ["node_modules/next/dist/bin/next", "build"], env, signal);
  writeFileSync(join(root, CONSOLE.stamp), made);
}

const upToDate = ({ inputs, stamp }: { inputs: string[]; stamp: string }): boolean => {
  const file = join(root, stamp);
  return existsSync(file) && readFileSync(file, "utf8") === digest(inputs);
};

/** Of names and contents, tests left out. */
function digest(inputs: string[]): string {
  const hash = createHash("sha256").update(process.version);
  const add = (path: string) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      if (path !== "lib/db/generated") for (const name of readdirSync(join(root, path)).sort()) add(`${path}/${name}`);
    } else if (stat && !/\.i?test\.tsx?$/.test(path)) {
      hash.update(`\0${path}\0${stat.size}\0`).update(readFileSync(join(root, path)));
    }
  };
  inputs.forEach(add);
  return hash.digest("hex");
}
