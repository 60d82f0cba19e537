import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { findCommand } from "./find-command.ts";

/** Of the machine, before this process leaves all but one of them. */
export const cores = availableParallelism();
const taskset = cores > 1 ? findCommand("taskset") : null;

/** Whether the measured process can have a core for itself. */
export const canPin = taskset !== null;

/** The first core is for this process and what it starts from now on: stub, S3 server and database. */
export function pinRest(): void {
  if (taskset) spawnSync(taskset, ["-a", "-c", "-p", "0", String(process.pid)]);
}

/** The command and arguments that run `command` on cores of its own; on all of them when so many are not left. */
export function onOwnCore(command: string, args: readonly string[], wanted = 1): [command: string, args: string[]] {
  if (!taskset) return [command, [...args]];
  const list = wanted < cores ? `1-${wanted}` : `0-${cores - 1}`;
  return [taskset, ["-c", list, command, ...args]];
}
