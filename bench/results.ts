import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Machine } from "./machine.ts";
import { whole } from "./measure/words.ts";
import type { Findings, Goal, Section } from "./section.ts";

const resultsFile = new URL("./results.json", import.meta.url);
const readmeFile = new URL("./README.md", import.meta.url);
const [begin, end] = ["<!-- results: written by npm run bench -->", "<!-- end of results -->"];

export interface SectionResult extends Findings {
  title: string;
  /** ISO 8601. */
  measuredAt: string;
  commit: string;
  full: boolean;
  machine: Machine;
}

export type Results = Record<string, SectionResult>;

export const readResults = (): Results => (existsSync(resultsFile) ? (JSON.parse(readFileSync(resultsFile, "utf8")) as Results) : {});

/** Writes the figures, and the tables between the README's marks. Sections that were not run keep what they had. */
export function writeResults(results: Results, order: readonly Section[]): void {
  writeFileSync(resultsFile, `${JSON.stringify(results)}\n`);
  const readme = readFileSync(readmeFile, "utf8");
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error("bench/README.md has lost the marks that the tables stand between.");
  const known = order.flatMap(({ name }) => results[name] ?? []);
  writeFileSync(readmeFile, `${readme.slice(0, from + begin.length)}\n\n${markdown(known)}\n${readme.slice(to)}`);
}

export function markdown(results: readonly SectionResult[]): string {
  const goals = results.flatMap((result) => result.goals);
  const parts = goals.length > 0 ? ["## Goals\n", table(["goal", "measured", ""], goals.map(goalRow))] : [];
  for (const result of results) {
    parts.push(`\n## ${result.title}\n`, table(result.columns, result.rows), "");
    for (const note of result.notes) parts.push(`${note}\n`);
    parts.push(`*${when(result)}*`);
  }
  return `${parts.join("\n")}\n`;
}

const goalRow = ({ goal, measured, met }: Goal): string[] => [goal, measured, met === null ? "–" : met ? "met" : "**missed**"];

const when = ({ measuredAt, commit, full, machine }: SectionResult): string =>
  `${measuredAt.slice(0, 16).replace("T", " ")} UTC, commit ${commit}${full ? ", --full" : ""}; ${machine.cpu}, ${machine.cores} cores, ${whole(machine.memoryBytes / 2 ** 30)} GB, ${machine.system}; ${Object.entries(
    machine.versions,
  )
    .map(([name, version]) => `${name} ${version}`)
    .join(", ")}`;

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  const rule = `|${columns.map((_, at) => (at === 0 ? "---" : "---:")).join("|")}|`;
  return [line(columns), rule, ...rows.map(line)].join("\n");
}
