import { objectKey } from "../world/object-keys.ts";
import { openConnections } from "./connections.ts";
import type { LayerLoad, OpenLayer } from "./layer.ts";
import { openRawSocket } from "./raw-socket.ts";
import { openTaskSender } from "./task-sender.ts";
import { openUndiciDispatch } from "./undici-dispatch.ts";

/** Runs one layer, named by the first argument, as a process of its own; prints what it measured of itself once it was warm. */
const layers: Record<string, OpenLayer> = {
  raw: (load) => openRawSocket(load, false),
  "raw-signed": (load) => openRawSocket(load, true),
  connections: openConnections,
  dispatch: openUndiciDispatch,
  sender: openTaskSender,
};
const [name = "", loadText = "{}"] = process.argv.slice(2);
const load = JSON.parse(loadText) as LayerLoad;
const open = layers[name];
if (!open) throw new Error(`There is no layer ${name}.`);
const layer = await open(load);

const run = (tasks: number) =>
  new Promise<void>((resolve) => {
    let sent = 0;
    let answered = 0;
    const next = () => {
      layer.send(objectKey(sent++), () => {
        answered += 1;
        if (answered === tasks) resolve();
        else if (sent < tasks) next();
      });
    };
    for (let number = 0; number < Math.min(load.inFlight, tasks); number += 1) next();
  });

await run(Math.ceil(load.tasks / 10));
const started = performance.now();
const before = process.cpuUsage();
await run(load.tasks);
const { user, system } = process.cpuUsage(before);
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ tasks: load.tasks, seconds, cpuSeconds: (user + system) / 1e6, peakRssBytes: process.resourceUsage().maxRSS * 1024 }));
await layer.close();
process.exit(0);
