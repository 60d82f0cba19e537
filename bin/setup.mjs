// Runs on whatever Node the person has, before anything is installed: plain JavaScript, no dependency.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const stamp = join(modules, ".longshore-installed");

/** Where Node keeps what it made of our TypeScript: later starts are quicker, and an executor does without the compiler, some 10 MB. */
const compileCache = join(modules, ".cache", "longshore-compiled");

/** The Node that the lockfile pins, which runs everything after installation. */
export const pinnedNode = join(modules, ".bin", process.platform === "win32" ? "node.cmd" : "node");

const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 20) fail(`Longshore needs Node 20 or newer to start; this is Node ${process.versions.node}.`);

/** Installs what package-lock.json says, unless that is there already. */
export async function installDependencies() {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const started = Date.now();
  console.log("Installing dependencies (once per version, a minute or so) …");
  // Install scripts are run for the packages that package.json allows only; npm before 11 would run them all.
  await npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
  await npm(["rebuild", ...allowedScripts(), "--no-audit", "--no-fund"]);
  writeFileSync(stamp, wanted);
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function allowedScripts() {
  const { allowScripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return Object.keys(allowScripts).filter((name) => allowScripts[name] && existsSync(join(modules, name)));
}

/** npm's own output is shown only when it fails. */
async function npm(args) {
  const child = spawn("npm", args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  const code = await new Promise((done) => {
    child.once("error", () => done(127));
    child.once("close", done);
  });
  if (code === 0) return;
  const lines = output.split("\n").filter((line) => /npm (err|error)/i.test(line));
  fail(
    `npm ${args[0]} failed. Check the network and the disk, then run the command again.\n${(lines.length > 0 ? lines : output.split("\n")).slice(0, 15).join("\n")}`,
  );
}

/**
 * Runs a TypeScript file under the pinned Node and ends this process as that one ends. Ctrl-C and SIGTERM are passed on;
 * should this process or the npm above it be killed, the child notices and stops by itself.
 */
export function handOver(file, args) {
  const child = spawn(pinnedNode, [join(root, file), ...args], {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env },
    shell: process.platform === "win32",
  });
  const pass = (signal) => child.kill(signal);
  // Ctrl-C reaches the whole group of processes by itself; npm sends SIGTERM to this one alone.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => pass(signal));
  const started = above();
  const watch = setInterval(() => {
    if (above() === started) return;
    clearInterval(watch);
    pass("SIGTERM");
  }, 300).unref();
  if (!process.env.npm_lifecycle_event) clearInterval(watch);
  child.once("error", (error) => fail(`The Node of this project does not run (${error.message}). Remove node_modules and start again.`));
  child.once("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}

/** This process's parent and its parent: npm's shell and npm. Either changes when one of them is gone. */
function above() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, "utf8");
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]}`;
  } catch {
    return String(process.ppid);
  }
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}
