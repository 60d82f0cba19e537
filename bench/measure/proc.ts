import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Figures of a process from Linux's /proc. */

const ticksPerSecond = Number(spawnSync("getconf", ["CLK_TCK"], { encoding: "utf8" }).stdout) || 100;

/** Fields after the command's name, which may hold spaces: [0] is the state, [1] the parent. */
function stat(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/** User and system time so far of all threads of a process that runs. */
export function cpuSeconds(pid: number): number {
  const fields = stat(pid);
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** User and system time of this process's children (and theirs) that have ended and were waited for. */
export function endedChildrenCpuSeconds(): number {
  const fields = stat(process.pid);
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
}

/** The most memory that a process had at once; 0 when it is gone. */
export const peakRssBytes = (pid: number): number => statusBytes(pid, /^VmHWM:\s+(\d+) kB/m);

/** The memory that a process has now; 0 when it is gone. */
export const rssBytes = (pid: number): number => statusBytes(pid, /^VmRSS:\s+(\d+) kB/m);

function statusBytes(pid: number, field: RegExp): number {
  try {
    return Number(field.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

export function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((candidate) => candidate > 0)
    .filter((candidate) => {
      try {
        return Number(stat(candidate)[1]) === pid;
      } catch {
        return false;
      }
    });
}
