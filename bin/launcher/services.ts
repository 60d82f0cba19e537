import { join } from "node:path";
import type { KeyPair } from "./identity.ts";
import { answers, type Service, saysReady, startService } from "./service.ts";

const consoleModule = "node_modules/next/dist/bin/next";
const exitWithParent = ["--import", "./bin/exit-with-parent.mjs"];

export function startConsole(options: { env: Record<string, string>; host: string; port: number; logs: string }): Promise<Service> {
  const { host, port } = options;
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return startService({
    name: "console",
    module: consoleModule,
    args: ["start", "--port", String(port), "--hostname", host],
    nodeOptions: exitWithParent,
    env: { ...options.env, PORT: String(port), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    logFile: join(options.logs, "console.log"),
    ready: (_child, signal) => answers(`http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}/sign-in`, signal),
    stopTimeoutMs: 10_000,
  });
}

/** The worker is given time to end the tasks in its hands. */
export const startWorker = (options: { env: Record<string, string>; logs: string }): Promise<Service> =>
  startService({
    name: "worker",
    module: "worker/main.ts",
    env: { ...options.env, NODE_ENV: "production" },
    logFile: join(options.logs, "worker.log"),
    ready: saysReady,
    stopTimeoutMs: 30_000,
  });

export interface SandboxService {
  dir: string;
  port: number;
  region: string;
  accountId: string;
  users: { console: KeyPair; role: KeyPair };
  logs: string;
}

export const startSandboxService = (options: SandboxService): Promise<Service> =>
  startService({
    name: "sandbox",
    module: "sandbox/main.ts",
    env: {
      SANDBOX_PORT: String(options.port),
      SANDBOX_DIR: options.dir,
      SANDBOX_REGION: options.region,
      SANDBOX_SEED: "1",
      SANDBOX_CONTROL: "",
      SANDBOX_USERS: JSON.stringify([
        { ...options.users.console, name: "console" },
        { ...options.users.role, name: "longshore-sandbox" },
      ]),
      // To try a role that is assumed by STS.
      SANDBOX_ROLES: JSON.stringify([{ name: "assumed", externalId: "longshore" }]),
      LONGSHORE_ACCOUNT_ID: options.accountId,
    },
    logFile: join(options.logs, "sandbox.log"),
    ready: saysReady,
    stopTimeoutMs: 10_000,
  });
