import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { findCommand } from "./measure/find-command.ts";
import { canPin, cores } from "./measure/pin.ts";

/** What the figures were taken on. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryBytes: number;
  system: string;
  /** Whether the measured process had a core for itself. */
  pinned: boolean;
  versions: Record<string, string>;
}

export function describeMachine(): Machine {
  const system = /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "Linux";
  const versions: Record<string, string> = { node: process.versions.node };
  for (const [name, flag, pattern] of [
    ["nginx", "-v", /nginx\/(\S+)/],
    ["wrk", "-v", /wrk (?:debian\/)?(\S+)/],
    ["rclone", "version", /rclone v(\S+)/],
    ["s3cmd", "--version", /version (\S+)/],
    ["s5cmd", "version", /v?(\d\S+)/],
    ["mc", "--version", /RELEASE\.(\S+)/],
  ] as const) {
    const file = findCommand(name);
    if (!file) continue;
    const { stdout, stderr } = spawnSync(file, [flag], { encoding: "utf8" });
    versions[name] = pattern.exec(`${stdout}${stderr}`)?.[1] ?? "of unknown version";
  }
  for (const [name, manifest] of [
    ["@aws-sdk/client-s3", "../node_modules/@aws-sdk/client-s3/package.json"],
    ["undici", "../node_modules/undici/package.json"],
    ["minio", "./peers/loops/node_modules/minio/package.json"],
    ["p-limit", "./peers/loops/node_modules/p-limit/package.json"],
  ] as const) {
    versions[name] = (JSON.parse(readFileSync(new URL(manifest, import.meta.url), "utf8")) as { version: string }).version;
  }
  return { cpu: cpus()[0]?.model ?? "unknown", cores, memoryBytes: totalmem(), system: `${system}, Linux ${release()}`, pinned: canPin, versions };
}
