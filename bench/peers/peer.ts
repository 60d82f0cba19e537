import type { BenchedOperation } from "../world/run-job.ts";

/** The same work for everybody: one request on each of so many objects, at most `inFlight` at once. */
export interface Load {
  operation: BenchedOperation;
  /** Of the stub. */
  endpoint: string;
  tasks: number;
  inFlight: number;
  /** For the peer's files. */
  dir: string;
}

export interface Measured {
  tasks: number;
  seconds: number;
  /** User and system, of all processes of the client. */
  cpuSeconds: number;
  peakRssBytes: number;
}

export interface Peer {
  name: string;
  /** What it does here, where that is not what its name says. */
  note?: string;
  operations: readonly BenchedOperation[];
  /** How many tasks it gets of a round's, so that a slow one does not hold the round up. */
  share: number;
  /** Why it cannot take part here, or null. */
  missing(): string | null;
  run(load: Load): Promise<Measured>;
}
