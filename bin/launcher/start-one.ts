import { type ChildProcess, spawn } from "node:child_process";
import { createDb } from "#lib/db/client.ts";
import { type Env, parseEnv } from "#lib/env.ts";
import { messageOf } from "#lib/errors.ts";
import { migrate } from "../../prisma/migrate.ts";
import { StartError } from "../errors.ts";
import { root } from "../root.ts";
import { buildWhatChanged } from "./build.ts";
import { checkDatabase } from "./database.ts";
import { deriveIdentity } from "./identity.ts";
import { inviteFirstAdmin } from "./invite-first-admin.ts";
import type { LaunchSettings } from "./settings.ts";

/** The console or a worker alone, for installations over several machines: its log goes to standard output, and it ends as the process ends. */
export async function startOne(part: "console" | "worker", settings: LaunchSettings, signal: AbortSignal): Promise<ChildProcess> {
  const env = readEnv();
  await checkDatabase(env.DATABASE_URL);
  await buildWhatChanged({ console: part === "console" }, signal);
  await migrate(env.DATABASE_URL);
  if (part === "worker") return run(["worker/main.ts"]);
  await sayHowToSignIn(env, settings.port);
  return run([
    "--import",
    "./bin/exit-with-parent.mjs",
    "node_modules/next/dist/bin/next",
    "start",
    "--port",
    String(settings.port),
    "--hostname",
    settings.host ?? "0.0.0.0",
  ]);
}

function readEnv(): Env {
  const missing = ["DATABASE_URL", "LONGSHORE_SECRET", "LONGSHORE_ACCOUNT_ID"].filter((name) => !process.env[name]);
  if (missing.length > 0) throw new StartError(`Not set: ${missing.join(", ")}. Consoles and workers that belong together share them; see .env.example.`);
  try {
    return parseEnv(process.env);
  } catch (error) {
    throw new StartError(messageOf(error));
  }
}

async function sayHowToSignIn({ DATABASE_URL, LONGSHORE_SECRET, LONGSHORE_URL }: Env, port: number): Promise<void> {
  const db = createDb(DATABASE_URL, 1);
  try {
    const path = await inviteFirstAdmin(db, deriveIdentity(LONGSHORE_SECRET).admin.email, () => new Date());
    if (path === null) return;
    const origin = LONGSHORE_URL ? new URL(LONGSHORE_URL).origin : `http://localhost:${port}`;
    console.log(`Nobody has an account yet. Whoever opens this link becomes the first administrator; it works once, for 24 hours: ${origin}${path}`);
    console.log("Another start makes another link, and so does npm run admin -- their@example.com.");
  } finally {
    await db.$disconnect();
  }
}

const run = (args: string[]): ChildProcess =>
  spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    detached: true,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
