import pLimit from "p-limit";
import { objectKey } from "../../world/object-keys.ts";

/** @type {{operation: "tagging" | "copy", endpoint: string, tasks: number, inFlight: number, accessKeyId: string, secretAccessKey: string}} */
export const load = JSON.parse(process.argv[2] ?? "{}");

/** Runs `send` on every object as users of p-limit do, after a tenth as many to warm up; prints what the rest took. */
export async function measuredLoop(send) {
  const limit = pLimit(load.inFlight);
  const run = (count) => Promise.all(Array.from({ length: count }, (_, index) => limit(() => send(objectKey(index)))));
  await run(Math.ceil(load.tasks / 10));
  const started = performance.now();
  const before = process.cpuUsage();
  await run(load.tasks);
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - started) / 1000;
  console.log(JSON.stringify({ tasks: load.tasks, seconds, cpuSeconds: (user + system) / 1e6, peakRssBytes: process.resourceUsage().maxRSS * 1024 }));
}
