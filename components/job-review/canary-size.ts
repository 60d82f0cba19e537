import type { ConfirmationView } from "#lib/confirmation/policy-views.ts";
import { maxCanaryTasks } from "#lib/jobs/max-canary-tasks.ts";
import { countOf } from "../job-progress.ts";
import { formatNumber } from "../ui/number.tsx";
import { parseCount } from "./typed-count.ts";

interface Counts {
  totalTasks: number;
  succeededTasks: number;
  failedTasks: number;
}

export const tasksRun = ({ succeededTasks, failedTasks }: Counts): number => succeededTasks + failedTasks;
export const tasksLeft = (job: Counts): number => job.totalTasks - tasksRun(job);

/** What is proposed: a hundred, or a tenth of a small job. */
export const proposedCanary = (job: Counts): number => Math.min(100, Math.max(1, Math.floor(tasksLeft(job) / 10)));

interface Confirmable extends Counts {
  dryRun: boolean;
  confirmation: Pick<ConfirmationView, "needed" | "given"> | null;
}

/** Whether somebody else has to confirm it, too, before anything runs. */
export const isFirstOfTwo = ({ confirmation }: Pick<Confirmable, "confirmation">): boolean =>
  confirmation !== null && confirmation.given.length + 1 < confirmation.needed;

/** What everybody has confirmed: no more runs, whatever the last of them wishes. @param objects that one's own wish */
export const agreedObjects = ({ confirmation }: Pick<Confirmable, "confirmation">, objects: number): number =>
  Math.min(objects, ...(confirmation?.given ?? []).flatMap(({ canaryTasks }) => canaryTasks ?? []));

/** What the button says. @param choice whether it is the first objects only, and how many run */
export function runWords(job: Confirmable, choice: { first: boolean; again: boolean; objects: number }): string {
  if (isFirstOfTwo(job))
    return choice.first ? `Confirm the ${choice.again ? "next" : "first"} ${countOf(choice.objects, "object")}` : "Confirm, as the first of two";
  const { again } = choice;
  const objects = agreedObjects(job, choice.objects);
  const first = choice.first || objects < choice.objects;
  const only = objects === 1 ? "object" : countOf(objects, "object");
  if (first) return `Run the ${again ? "next" : "first"} ${only}`;
  if (again) return `Run the remaining ${only}`;
  return `${job.dryRun ? "Start dry run" : "Run job"} on ${countOf(objects, "object")}`;
}

/** What is wrong with what somebody typed as the number of first objects; undefined when they may run. */
export function canaryError(typed: string, job: Counts): string | undefined {
  const count = parseCount(typed);
  const left = tasksLeft(job);
  const most = Math.min(maxCanaryTasks, left - 1);
  if (count !== null && count >= 1 && count <= most) return undefined;
  if (count !== null && count >= left) return `${countOf(left, "object")} ${left === 1 ? "is" : "are"} left: run fewer first, or all at once`;
  return `Type a number from 1 to ${formatNumber(most)}`;
}
