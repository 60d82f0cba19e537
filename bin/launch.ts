import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { StartError } from "./errors.ts";
import { root } from "./root.ts";

process.env.NEXT_TELEMETRY_DISABLED = "1";

const stopping = new AbortController();
let interrupts = 0;
process.on("SIGINT", () => {
  interrupts++;
  // Somebody insists: the children end by themselves once this process is gone.
  if (interrupts === 3) process.exit(130);
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.on(signal, () => stopping.abort());

const asked = new Promise<void>((done) => stopping.signal.addEventListener("abort", () => done(), { once: true }));

async function main(): Promise<number> {
  const envFile = join(root, ".env");
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  // An empty setting counts as unset, for every process that inherits it too.
  for (const name of Object.keys(process.env)) if (process.env[name] === "" && /^(PORT|DATABASE_URL|LONGSHORE_.+)$/.test(name)) delete process.env[name];
  const { parseLaunchSettings } = await import("./launcher/settings.ts");
  const settings = parseLaunchSettings(process.env);
  const part = process.argv[2];
  if (part === "console" || part === "worker") return runOne(part, settings);
  if (part !== undefined) throw new StartError(`There is nothing called "${part}" to start. Use npm start, npm run console or npm run worker.`);
  return runAll(settings);
}

async function runAll(settings: Parameters<typeof import("./launcher/start-all.ts").startAll>[0]): Promise<number> {
  const { style } = await import("./launcher/screen.ts");
  console.log(`\n  ${style("bold", "Longshore")} ${style("dim", "S3 Batch Operations for any S3")}\n`);
  // The client that the launcher itself uses is generated first.
  const { buildWhatChanged } = await import("./launcher/build.ts");
  await buildWhatChanged({ console: false }, stopping.signal);
  const { startAll } = await import("./launcher/start-all.ts");
  const { listJobsCommand } = await import("./launcher/list-jobs-command.ts");
  const stack = await startAll(settings, stopping.signal);
  const { local, dataDir } = stack;
  const shown = (path: string) => (relative(process.cwd(), path).startsWith("..") ? path : relative(process.cwd(), path));
  const line = (name: string, value: string) => console.log(`  ${style("dim", name.padEnd(10))} ${value}`);
  console.log(`\n  ${style(["bold", "green"], "Ready.")} Open ${style(["bold", "cyan"], local.url)}\n`);
  // Where the output goes into a file, secrets stay in the file that is made for them.
  const seen = process.stdout.isTTY;
  const password = seen ? `password ${style("bold", local.admin.password ?? "")}` : `with the password in ${shown(dataDir.localFile)}`;
  line("Sign in", local.admin.password ? `${style("bold", local.admin.email)}  ${password}` : "with your own e-mail and password");
  if (local.s3) line("Sandbox", `${local.s3.endpoint}, with sample buckets to try jobs on; "npm run demo" does a whole job`);
  if (local.accessKey && seen) line("AWS CLI", listJobsCommand(local));
  line("Files", `${shown(dataDir.localFile)} (addresses and keys), ${shown(dataDir.logs)}/ (logs)`);
  line("Stop", "Ctrl-C\n");
  process.send?.({ type: "ready", localFile: dataDir.localFile });
  await asked;
  console.log(`\n  ${style("dim", "Stopping …")}`);
  await stack.stop((what) => console.log(style("dim", `  … ${what}`)));
  console.log("  Stopped.");
  return 0;
}

async function runOne(part: "console" | "worker", settings: Parameters<typeof import("./launcher/start-one.ts").startOne>[1]): Promise<number> {
  const { buildWhatChanged } = await import("./launcher/build.ts");
  await buildWhatChanged({ console: false }, stopping.signal);
  const { startOne } = await import("./launcher/start-one.ts");
  const child = await startOne(part, settings, stopping.signal);
  const exited = new Promise<number>((done) => child.once("exit", (code) => done(code ?? 1)));
  const stopped = asked.then(() => child.kill("SIGTERM"));
  return Promise.race([exited, stopped.then(() => exited).then(() => 0)]);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (stopping.signal.aborted) process.exit(0);
    console.error(error instanceof StartError ? `\n${error.message}` : error);
    process.exit(1);
  },
);
