import { fileURLToPath } from "node:url";
import { runCommand } from "../measure/run-command.ts";
import { keys } from "../world/start-world.ts";
import type { Measured, Peer } from "./peer.ts";

const file = fileURLToPath(new URL("../layers/run-layer.ts", import.meta.url));

const layer = (id: string, name: string, note: string): Peer => ({
  name,
  note,
  operations: ["tagging"],
  share: 1,
  missing: () => null,
  async run({ endpoint, tasks, inFlight }) {
    const { stdout } = await runCommand(process.execPath, [file, id, JSON.stringify({ endpoint, tasks, inFlight, ...keys })]);
    return JSON.parse(stdout) as Measured;
  },
});

/** From the least to the most, each with one thing more than what stands above it; and in the end what we do without. */
export const layers: readonly Peer[] = [
  layer("raw", "raw socket, no signature", "buys nothing yet: the floor of Node"),
  layer("raw-signed", "raw socket and our signer", "the signature"),
  layer("connections", "our connections and signer", "any answer that HTTP allows, time-outs, TLS, connections that come and go"),
  layer("sender", "our task sender", "admission by what the store bears, the verdict on the answer, retries"),
  layer("dispatch", "undici's dispatch, no signature", "what an HTTP client from elsewhere would cost instead of our connections"),
];
