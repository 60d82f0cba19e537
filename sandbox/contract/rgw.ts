import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";

/**
 * One Ceph object gateway with all it needs, in memory, on loopback, as a process that is forked:
 * it sends {type: "ready", port, stsPort} or {type: "failed", reason}, and when the one who forked it goes away, however that
 * happens, it stops the daemons and removes its directory.
 */
const run = promisify(execFile);

export const rgwUser = { accessKeyId: "CONFORMANCEKEY0001", secretAccessKey: "conformance-secret-key-0001" };

/** Another account, which nobody signs for. */
export const rgwOther = "other";

export const rgwKmsKey = "testkey-1";

const START_LIMIT = 90_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Where Debian keeps the object classes that the gateway calls. */
function classDirectory(): string {
  const candidates = ["/usr/lib/rados-classes", ...readdirSync("/usr/lib").map((name) => join("/usr/lib", name, "rados-classes"))];
  const found = candidates.find((path) => {
    try {
      return readdirSync(path).includes("libcls_rgw.so");
    } catch {
      return false;
    }
  });
  if (!found) throw new Error("libcls_rgw.so is not installed (Debian's ceph-osd brings it).");
  return found;
}

const shared = `rgw dns name = localhost
# A secure session is the default, needs keys that "auth none" does not have, and would be waited for for ever.
ms mon client mode = crc
rgw enable usage log = false
rgw crypt require ssl = false
rgw crypt s3 kms backend = testing
rgw crypt s3 kms encryption keys = ${rgwKmsKey}=YmluCmJvb3N0CmJvb3N0LWJ1aWxkCmNlcGguY29uZgo=
rgw override bucket index max shards = 7
`;

/** One with STS and one without, which tells a wrong signature from a wrong key. */
const gateway = (name: string, dir: string, port: number): string => `[client.${name}]
rgw data = ${dir}/${name}
rgw frontends = beast endpoint=127.0.0.1:${port}
${shared}`;

const configuration = (dir: string, monitor: number, port: number, stsPort: number): string => `[global]
fsid = ${randomUUID()}
mon host = [v2:127.0.0.1:${monitor}/0]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv4 = true
ms bind ipv6 = false
auth cluster required = none
auth service required = none
auth client required = none
run dir = ${dir}/sock
admin socket = ${dir}/sock/$name.asok
log file = ${dir}/log/$name.log
crash dir = ${dir}/crash
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon max pg per osd = 1000
osd crush chooseleaf type = 0
mon data avail crit = 1
mon data avail warn = 2
auth allow insecure global id reclaim = false
# One monitor has nobody to agree with: it commits at once, which saves ten seconds of making pools.
paxos propose interval = 0.02
paxos min wait = 0.01
mon tick interval = 1
osd heartbeat grace = 600
[mon.a]
mon data = ${dir}/mon
[osd]
osd data = ${dir}/osd
osd journal =
osd objectstore = memstore
osd class dir = ${classDirectory()}
osd class default list = *
osd class load list = *
memstore device bytes = 2147483648
osd op num shards = 2
${gateway("rgw", dir, port)}
${gateway("sts", dir, stsPort)}
rgw s3 auth use sts = true
rgw sts key = abcdefghijklmnop
`;

async function until(deadline: number, what: string, ready: () => Promise<boolean>): Promise<void> {
  while (!(await ready().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`${what} did not come up in ${START_LIMIT / 1000} seconds.`);
    await setTimeout(100);
  }
}

async function start(dir: string, daemons: ChildProcess[]): Promise<{ port: number; stsPort: number }> {
  const deadline = Date.now() + START_LIMIT;
  for (const name of ["mon", "osd", "rgw", "sts", "log", "sock"]) mkdirSync(join(dir, name));
  const monitor = await freePort();
  const [port, stsPort] = [await freePort(), await freePort()];
  const conf = join(dir, "ceph.conf");
  writeFileSync(conf, configuration(dir, monitor, port, stsPort));
  const tool = (name: string, ...args: string[]) => run(name, ["-c", conf, ...args], { timeout: START_LIMIT });
  const daemon = (name: string, ...args: string[]) => daemons.push(spawn(name, ["-f", "-c", conf, ...args], { stdio: "ignore" }));
  const fsid = /^fsid = (.*)$/m.exec(readFileSync(conf, "utf8"))?.[1] as string;

  await run("monmaptool", ["--create", "--fsid", fsid, "--addv", "a", `[v2:127.0.0.1:${monitor}/0]`, join(dir, "monmap")]);
  await tool("ceph-mon", "-i", "a", "--mkfs", "--monmap", join(dir, "monmap"));
  daemon("ceph-mon", "-i", "a");
  await until(deadline, "The monitor", async () => (await run("ceph", ["-c", conf, "-s"], { timeout: 5000 })) !== undefined);
  await tool("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", randomUUID());
  await tool("ceph", "osd", "new", readFileSync(join(dir, "osd", "fsid"), "utf8").trim());
  await tool("ceph", "osd", "crush", "add", "osd.0", "1.0", "root=default", "host=localhost");
  daemon("ceph-osd", "-i", "0");
  await until(deadline, "The storage daemon", async () => (await tool("ceph", "osd", "stat")).stdout.includes("1 up"));
  const { accessKeyId, secretAccessKey } = rgwUser;
  const admin = ["-n", "client.rgw"];
  await tool(
    "radosgw-admin",
    ...admin,
    "user",
    "create",
    "--uid=main",
    "--display-name=Main",
    `--access-key=${accessKeyId}`,
    `--secret-key=${secretAccessKey}`,
  );
  await tool("radosgw-admin", ...admin, "user", "create", `--uid=${rgwOther}`, "--display-name=Other");
  const placement = ["--placement-id=default-placement", "--storage-class=GLACIER"];
  await tool("radosgw-admin", ...admin, "zonegroup", "placement", "add", "--rgw-zonegroup=default", ...placement);
  await tool("radosgw-admin", ...admin, "zone", "placement", "add", "--rgw-zone=default", ...placement, "--data-pool=default.rgw.glacier.data");
  for (const [role, actions] of [
    ["BatchRole", '"s3:*"'],
    ["Reader", '"s3:Get*","s3:List*"'],
  ] as const) {
    const trust = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/main"]},"Action":["sts:AssumeRole"]}]}';
    const policy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[${actions}],"Resource":"arn:aws:s3:::*"}]}`;
    await tool("radosgw-admin", ...admin, "role", "create", `--role-name=${role}`, "--path=/", `--assume-role-policy-doc=${trust}`);
    await tool("radosgw-admin", ...admin, "role-policy", "put", `--role-name=${role}`, "--policy-name=P", `--policy-doc=${policy}`);
  }
  for (const name of ["rgw", "sts"]) daemon("radosgw", "-n", `client.${name}`);
  for (const at of [port, stsPort]) await until(deadline, "The gateway", async () => (await fetch(`http://127.0.0.1:${at}/`)).status < 500);
  return { port, stsPort };
}

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "longshore-rgw-"));
  const daemons: ChildProcess[] = [];
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    // Nothing of it is kept, so nothing has to be asked politely; the last started goes first.
    await Promise.all(
      daemons.reverse().map(async (daemon) => {
        if (daemon.exitCode !== null || daemon.signalCode !== null || !daemon.kill("SIGKILL")) return;
        await once(daemon, "exit");
      }),
    );
    rmSync(dir, { recursive: true, force: true });
    process.exit(code);
  };
  process.once("disconnect", () => stop(0));
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop(0));
  try {
    const ports = await start(dir, daemons);
    if (!stopping) process.send?.({ type: "ready", ...ports });
  } catch (error) {
    process.send?.({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
    await stop(1);
  }
}

if (import.meta.main) await main();
