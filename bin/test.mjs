import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fail, installDependencies, pinnedNode, root } from "./setup.mjs";

// All tests: unit, integration, browser. Everything they write goes into one temporary directory.
const vitest = "node_modules/vitest/vitest.mjs";
const vitestReporters = ["--reporter=default", "--reporter=./bin/testing/vitest-outcome.mjs"];
const playwright = "node_modules/@playwright/test/cli.js";
/** AWS's CLI and SDK for Python, which the S3 Control API is tested with. */
const awsPackages = ["awscli", "python3-boto3"];
const rgwPackages = ["ceph-mon", "ceph-osd", "radosgw", "ceph-common", "curl", "bc", "uuid-runtime"];

let current;
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.on(signal, () => {
    interrupted = true;
    current?.kill(signal);
  });

await installDependencies();
installSystemPackages();
const dir = mkdtempSync(join(tmpdir(), "longshore-test-"));
const total = { passed: 0, failed: 0, skipped: 0, failures: [] };
try {
  if ((await run("bin/generate.ts", ["--console"])) !== 0) fail("Setting up failed; see above.");
  await suite("Unit tests", vitest, ["run", "--project", "unit", ...vitestReporters]);
  await suite("Integration tests", vitest, ["run", "--project", "integration", ...vitestReporters]);
  await suite("Browser tests", playwright, ["test", "--reporter=list,./bin/testing/playwright-outcome.mjs"]);
  const results = join(dir, "results");
  // What explains a failure is kept: traces and screenshots.
  if (total.failed > 0 && existsSync(results)) cpSync(results, join(root, "test-results"), { recursive: true });
} finally {
  rmSync(dir, { recursive: true, force: true });
}
// Thousands of lines may lie between a failure and the end, where people look first.
for (const { title, test, message } of total.failures) {
  const lines = message.split("\n").filter((line) => !/^\s+at .*\/node_modules\//.test(line));
  console.log(`\n${title}: ${test}\n${lines.slice(0, 30).join("\n")}`);
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed === 0 && !interrupted ? 0 : 1);

async function suite(title, script, args) {
  if (interrupted) return;
  console.log(`\n${title}`);
  const file = join(dir, `${title.replaceAll(" ", "-")}.json`);
  const code = await run(script, args, { LONGSHORE_TEST_OUTCOME: file, LONGSHORE_TEST_RESULTS: join(dir, "results") });
  const outcome = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { passed: 0, failed: 0, skipped: 0, failures: [] };
  // A runner that breaks outside its tests has failed too.
  if (code !== 0 && outcome.failed === 0) {
    outcome.failed = 1;
    outcome.failures.push({ test: `(its runner ended with code ${code})`, message: "See above." });
  }
  for (const count of ["passed", "failed", "skipped"]) total[count] += outcome[count];
  total.failures.push(...outcome.failures.map((failure) => ({ ...failure, title })));
}

function run(script, args, env = {}) {
  return new Promise((done) => {
    current = spawn(pinnedNode, [join(root, script), ...args], { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
    current.once("error", () => done(127));
    current.once("close", (code) => done(code ?? 1));
  });
}

/** The browser, Ceph as a real S3, and AWS's clients, from Debian. Without them their tests say why they are skipped. */
function installSystemPackages() {
  const missing = [
    ...(hasBrowser() ? [] : ["chromium"]),
    ...(hasCommands("ceph-mon", "ceph-osd", "radosgw", "curl", "bc", "uuidgen") ? [] : rgwPackages),
    ...(hasAwsClients() ? [] : awsPackages),
  ];
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) {
    console.log(`For all tests, install first: ${command}`);
    return;
  }
  console.log(`Installing ${missing.join(", ")} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const done = spawnSync("sh", ["-c", `apt-get update -q && ${command}`], { env, encoding: "utf8" });
  if (done.status !== 0)
    console.log(`That failed; the tests that need them are skipped. Try by hand: ${command}\n${done.stderr.trim().split("\n").slice(-3).join("\n")}`);
}

function hasBrowser() {
  return existsSync(process.env.CHROMIUM_PATH || "/usr/bin/chromium");
}

/** Debian's own, whatever else is on the PATH. */
function hasAwsClients() {
  return existsSync("/usr/bin/aws") && spawnSync("/usr/bin/python3", ["-c", "import awscli, boto3"], { stdio: "ignore" }).status === 0;
}

function hasCommands(...names) {
  const paths = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return names.every((name) => paths.some((path) => existsSync(join(path, name))));
}
