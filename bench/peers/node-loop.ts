import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runCommand } from "../measure/run-command.ts";
import { keys } from "../world/start-world.ts";
import type { Load, Measured, Peer } from "./peer.ts";

const installed = fileURLToPath(new URL("./loops/node_modules/", import.meta.url));
const loop = (file: string) => fileURLToPath(new URL(`./loops/${file}`, import.meta.url));

/** A loop in Node, which measures itself once it is warm: neither its start nor its compilation counts. */
const nodeLoop =
  (file: string) =>
  async (load: Load): Promise<Measured> => {
    const { stdout } = await runCommand(process.execPath, [loop(file), JSON.stringify({ ...load, ...keys })]);
    return JSON.parse(stdout) as Measured;
  };

const missing = () => (existsSync(installed) ? null : "its packages are not installed: npm ci in bench/peers/loops");

export const sdkLoop: Peer = {
  name: "@aws-sdk/client-s3, p-limit",
  operations: ["tagging", "copy"],
  share: 0.05,
  missing,
  run: nodeLoop("sdk.mjs"),
};

export const minioLoop: Peer = {
  name: "minio (JavaScript), p-limit",
  operations: ["tagging", "copy"],
  share: 0.1,
  missing,
  run: nodeLoop("minio.mjs"),
};
