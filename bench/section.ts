import type { World } from "./world/start-world.ts";

export interface Options {
  /** Interleaved rounds of each comparison; the median counts. */
  rounds: number;
  /** Multiplies the numbers of tasks: below 1 to try the benchmark itself. */
  scale: number;
  /** With the runs that take many minutes. */
  full: boolean;
}

export interface Goal {
  /** As issue and README have it. */
  goal: string;
  measured: string;
  /** Null where this run does not tell. */
  met: boolean | null;
}

/** What a section found: a table for people, and the figures themselves. */
export interface Findings {
  columns: string[];
  rows: string[][];
  goals: Goal[];
  notes: string[];
  raw: unknown;
}

export interface Section {
  /** For `--only`. */
  name: string;
  title: string;
  /** Takes so long that it is run only when `--only` names it. */
  onlyWhenNamed?: true;
  run(world: World, options: Options, say: (words: string) => void): Promise<Findings>;
}
