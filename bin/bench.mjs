import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, handOver, installDependencies, pinnedNode, root } from "./setup.mjs";

/** Debian's packages, by the command that each brings: the stub, and clients to compare with. */
const debian = { nginx: ["nginx-light", "libnginx-mod-http-echo"], wrk: ["wrk"], rclone: ["rclone"], s3cmd: ["s3cmd"] };

await installDependencies();
installPeers();
if (process.platform === "linux") installFromDebian();
if (spawnSync(pinnedNode, [join(root, "bin/generate.ts")], { cwd: root, stdio: "inherit" }).status !== 0) process.exit(1);
handOver("bench/bench.ts", process.argv.slice(2));

/** The clients from npm that only the benchmark needs. */
function installPeers() {
  const dir = join(root, "bench/peers/loops");
  const stamp = join(dir, "node_modules/.longshore-installed");
  const wanted = createHash("sha256")
    .update(readFileSync(join(dir, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const { status, stderr } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: dir,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) fail(`The benchmark's clients could not be installed. Check the network, then run it again.\n${stderr}`);
  writeFileSync(stamp, wanted);
}

function installFromDebian() {
  const dirs = [...(process.env.PATH ?? "").split(":"), "/usr/sbin"];
  const missing = Object.keys(debian).filter((command) => !dirs.some((dir) => existsSync(join(dir, command))));
  if (missing.length === 0) return;
  const packages = missing.flatMap((command) => debian[command]);
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) {
    console.log(`Without ${missing.join(", ")} some comparisons are left out. Debian has them: apt-get install ${packages.join(" ")}`);
    return;
  }
  console.log(`Installing ${packages.join(", ")} …`);
  // Debian's way to say that a package's service is not to be started: the benchmark starts nginx by itself.
  const policy = "/usr/sbin/policy-rc.d";
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...packages]]) {
      const { status, stderr } = spawnSync("apt-get", ["-qq", ...args], { encoding: "utf8", env });
      if (status !== 0) console.log(`apt-get ${args[0]} failed; what is missing is left out.\n${stderr}`);
    }
  } finally {
    if (ours) rmSync(policy);
  }
}
