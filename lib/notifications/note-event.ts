import type { Tx } from "../db/client.ts";
import type { NotificationEvent, Prisma } from "../db/generated/client.ts";
import { findOperation } from "../operations/registry.ts";
import type { NotifiedJob } from "./notification-views.ts";

interface Noted {
  jobId: string;
  event: NotificationEvent;
  actor: string;
  detail: string | null;
  now: Date;
}

/**
 * Writes down that people and receivers are to be told, in the transaction in which it happens: either both are there or neither is.
 * The workers and the browsers do the telling.
 */
export async function noteEvent(tx: Tx, { jobId, event, actor, detail, now }: Noted): Promise<void> {
  const job = await tx.job.findUniqueOrThrow({
    where: { id: jobId },
    select: {
      id: true,
      status: true,
      description: true,
      operation: true,
      dryRun: true,
      totalTasks: true,
      succeededTasks: true,
      failedTasks: true,
      createdById: true,
      createdBy: { select: { name: true } },
      failureReasons: true,
      events: { where: { type: "cancel" }, orderBy: { id: "desc" }, take: 1, select: { actor: true, detail: true } },
    },
  });
  const { createdById, createdBy, failureReasons, events, ...rest } = job;
  const [cancelled] = events;
  const [reason] = failureReasons as { FailureReason: string }[];
  // The engine ends what a person cancelled, and what failed earlier.
  const whoAndWhy =
    job.status === "Cancelled" && cancelled ? cancelled : { actor, detail: detail ?? (job.status === "Failed" ? (reason?.FailureReason ?? null) : null) };
  const subject: NotifiedJob = {
    ...rest,
    operationTitle: findOperation(job.operation).title,
    totalTasks: Number(job.totalTasks),
    succeededTasks: Number(job.succeededTasks),
    failedTasks: Number(job.failedTasks),
    createdBy: createdBy?.name ?? null,
    ...whoAndWhy,
  };
  await tx.notification.create({ data: { jobId, event, at: now, ownerId: createdById, subject: subject as unknown as Prisma.InputJsonObject } });
}
