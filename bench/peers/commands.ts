import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findCommand } from "../measure/find-command.ts";
import { runCommand } from "../measure/run-command.ts";
import { objectPrefix, sourceBucket, targetBucket } from "../stub/nginx-config.ts";
import { objectKey } from "../world/object-keys.ts";
import { keys, listedObjects } from "../world/start-world.ts";
import type { Load, Measured, Peer } from "./peer.ts";

/** Programs that copy on the server. Those that take no list of objects list the bucket, and copy the `listedObjects` that are there. */

const from = `s3://${sourceBucket}/${objectPrefix}`;
const to = `s3://${targetBucket}/${objectPrefix}`;
const awsEnv = { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey, AWS_REGION: "us-east-1" };

interface Invocation {
  args: string[];
  env?: Record<string, string>;
  tasks: number;
}

const command = (program: string, name: string, share: number, invoke: (load: Load) => Invocation): Peer => ({
  name,
  operations: ["copy"],
  share,
  missing: () => (findCommand(program) ? null : `${program} is not on PATH`),
  async run(load): Promise<Measured> {
    const { args, env, tasks } = invoke(load);
    const { seconds, cpuSeconds, peakRssBytes } = await runCommand(program, args, env);
    return { tasks, seconds, cpuSeconds, peakRssBytes };
  },
});

export const rclone = command("rclone", "rclone copy", 0, ({ endpoint, inFlight }) => ({
  args: ["copy", `bench:${from.slice(5)}`, `bench:${to.slice(5)}`, "--transfers", String(inFlight), "--checkers", String(inFlight), "--config", "/dev/null"],
  env: {
    RCLONE_CONFIG_BENCH_TYPE: "s3",
    RCLONE_CONFIG_BENCH_PROVIDER: "Other",
    RCLONE_CONFIG_BENCH_ENDPOINT: endpoint,
    RCLONE_CONFIG_BENCH_REGION: "us-east-1",
    RCLONE_CONFIG_BENCH_ACCESS_KEY_ID: keys.accessKeyId,
    RCLONE_CONFIG_BENCH_SECRET_ACCESS_KEY: keys.secretAccessKey,
  },
  tasks: listedObjects,
}));

export const s3cmd = command("s3cmd", "s3cmd cp --recursive", 0, ({ endpoint, dir }) => {
  const { host } = new URL(endpoint);
  const config = join(dir, "s3cmd.cfg");
  const lines = [
    `access_key = ${keys.accessKeyId}`,
    `secret_key = ${keys.secretAccessKey}`,
    `host_base = ${host}`,
    `host_bucket = ${host}`,
    "use_https = False",
  ];
  writeFileSync(config, `[default]\n${lines.join("\n")}\n`);
  return { args: ["-c", config, "--quiet", "cp", "--recursive", from, to], tasks: listedObjects };
});

export const s5cmdWildcard = command("s5cmd", "s5cmd cp with a wildcard", 0, ({ endpoint, inFlight }) => ({
  args: ["--endpoint-url", endpoint, "--numworkers", String(inFlight), "--log", "error", "cp", `${from}*`, to],
  env: awsEnv,
  tasks: listedObjects,
}));

export const s5cmdRun = command("s5cmd", "s5cmd run", 0.05, ({ endpoint, inFlight, tasks, dir }) => {
  const list = join(dir, "s5cmd.txt");
  const line = (key: string) => `cp s3://${sourceBucket}/${key} s3://${targetBucket}/${key}\n`;
  writeFileSync(list, Array.from({ length: tasks }, (_, index) => line(objectKey(index))).join(""));
  return { args: ["--endpoint-url", endpoint, "--numworkers", String(inFlight), "--log", "error", "run", list], env: awsEnv, tasks };
});

export const mc = command("mc", "mc cp --recursive", 0, ({ endpoint, dir }) => ({
  args: ["--config-dir", dir, "--quiet", "cp", "--recursive", `bench/${from.slice(5)}`, `bench/${to.slice(5)}`],
  env: { MC_HOST_bench: endpoint.replace("://", `://${keys.accessKeyId}:${keys.secretAccessKey}@`) },
  tasks: listedObjects,
}));
