import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

const executablePath = process.env.CHROMIUM_PATH || "/usr/bin/chromium";
if (!existsSync(executablePath)) throw new Error(`There is no browser at ${executablePath}. Install one (apt-get install chromium), or set CHROMIUM_PATH.`);

const viewport = { width: 1440, height: 900 };
const alone = ["connections.spec.ts", "roles.spec.ts"];
const policy = "confirmation-policy.spec.ts";

/** Browser tests run against the whole real stack, started once by e2e/start-stack.ts on ports and data of its own. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/start-stack.ts",
  outputDir: process.env.LONGSHORE_TEST_RESULTS ?? join(import.meta.dirname, "test-results"),
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  timeout: 120_000,
  // What is waited for takes as long as the machine is busy.
  expect: { timeout: 60_000 },
  use: {
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // What fades in or out has the colours of neither, which axe would measure.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "desktop", use: { viewport }, testIgnore: [...alone, policy] },
    // They add connections, and with two of them the wizard of another test would choose neither.
    { name: "alone", use: { viewport }, testMatch: alone, dependencies: ["desktop"] },
    // It changes who may confirm any job.
    { name: "policy", use: { viewport }, testMatch: policy, dependencies: ["alone"] },
  ],
});
