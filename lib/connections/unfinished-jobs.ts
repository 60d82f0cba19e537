import type { Tx } from "../db/client.ts";
import type { JobStatus } from "../db/generated/enums.ts";
import { AppError } from "../errors.ts";
import { counted } from "./conflicts.ts";

const ended: JobStatus[] = ["Complete", "Cancelled", "Failed"];

/**
 * What a reviewer confirmed is what must run, so the place that jobs work on does not move under them. The roles stay
 * locked until the transaction ends: a job that is being created waits, and sees the new place.
 * @throws AppError Conflict
 */
export async function demandNoUnfinishedJobs(tx: Tx, role: { id: string } | { connectionId: string }, what: string): Promise<void> {
  if ("id" in role) await tx.$queryRaw`SELECT 1 FROM "ExecutionRole" WHERE id = ${role.id}::uuid FOR UPDATE`;
  else await tx.$queryRaw`SELECT 1 FROM "ExecutionRole" WHERE "connectionId" = ${role.connectionId}::uuid FOR UPDATE`;
  const unfinished = await tx.job.count({ where: { role, status: { notIn: ended } } });
  if (unfinished === 0) return;
  const verb = unfinished === 1 ? "has" : "have";
  throw new AppError(
    "Conflict",
    `${counted(unfinished, "job")} that ${verb} not ended would be affected, so ${what} cannot change now. Wait for them or cancel them; new keys can be entered at any time.`,
  );
}
