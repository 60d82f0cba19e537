import { fork } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOidcServer } from "#lib/auth/oidc/testing/oidc-server.ts";

/** Everything that a person's .env might set is set here, so that a run depends on nothing but the sources. */
const clean = {
  PORT: "0",
  DATABASE_URL: "",
  LONGSHORE_HOST: "",
  LONGSHORE_SECRET: "",
  LONGSHORE_ACCOUNT_ID: "",
  LONGSHORE_URL: "",
  LONGSHORE_OIDC_NAME: "",
  LONGSHORE_OIDC_ROLE: "",
  LONGSHORE_PASSWORD_SIGN_IN: "",
  LONGSHORE_SANDBOX: "on",
  LONGSHORE_SANDBOX_PORT: "0",
  LONGSHORE_DURABLE: "off",
  // On a machine of one core, jobs that run for as long as a test looks would leave no place for others.
  LONGSHORE_EXECUTORS: "4",
};

/** Starts what `npm start` starts, by the same launcher, and stops it after the last test. */
export default async function startStack(): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), "longshore-e2e-"));
  chmodSync(dir, 0o711);
  const oidc = await startOidcServer((uri) => /^http:\/\/(localhost|127\.0\.0\.1):\d+\/api\/auth\/callback\/oidc$/.test(uri));
  const oidcSettings = { LONGSHORE_OIDC_ISSUER: oidc.issuer, LONGSHORE_OIDC_CLIENT_ID: oidc.clientId, LONGSHORE_OIDC_CLIENT_SECRET: oidc.clientSecret };
  const env: NodeJS.ProcessEnv = { ...process.env, ...clean, ...oidcSettings, LONGSHORE_DATA_DIR: dir };
  // Playwright loads tests through hooks of its own, which the stack must not inherit.
  delete env.NODE_OPTIONS;
  const launcher = fork(join(import.meta.dirname, "..", "bin", "launch.ts"), [], {
    env,
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
  });
  let output = "";
  for (const stream of [launcher.stdout, launcher.stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  const exited = new Promise<void>((done) => launcher.once("exit", () => done()));
  const stop = async () => {
    launcher.kill("SIGTERM");
    await exited;
    await oidc.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  const ready = new Promise<boolean>((done) => {
    launcher.once("message", () => done(true));
    void exited.then(() => done(false));
  });
  if (!(await ready)) {
    await oidc.stop();
    rmSync(dir, { recursive: true, force: true });
    throw new Error(`The stack did not start:\n${output}`);
  }
  process.env.LONGSHORE_E2E_LOCAL_FILE = join(dir, "local.json");
  return stop;
}
