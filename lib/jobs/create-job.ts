import { randomUUID } from "node:crypto";
import { fromPrisma } from "pg-boss";
import type { z } from "zod";
import { type AuditRecord, recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { readRules } from "../confirmation/read-rules.ts";
import { ruledDefinition } from "../confirmation/ruled-job.ts";
import { mustWait } from "../confirmation/rules.ts";
import { demandPass } from "../connections/pass-role.ts";
import type { Tx } from "../db/client.ts";
import { type Connection, type ExecutionRole, Prisma } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import { operationOf, otherRoles } from "../operations/registry.ts";
import { refusalOfJob } from "../probe/refusals-of-job.ts";
import type { Context } from "./context.ts";
import { definitionDigest, requestDigest } from "./definition-digest.ts";
import { demandRoomForJob } from "./demand-room.ts";
import { type CreateJobInput, type CreateJobRequest, createJobSchema, definitionOf, type JobDefinition } from "./job-schema.ts";
import { jobTarget } from "./job-target.ts";
import { makeWay } from "./make-way.ts";
import { notifyJobs } from "./notify-jobs.ts";
import { prepareQueue } from "./queues.ts";
import { refusalOf } from "./refusal-of.ts";

/**
 * Makes a job and hands it to preparation, both or neither. The same ClientRequestToken with the same body gives the same job.
 * @throws AppError InvalidRequest (issues at the request's paths), Forbidden, Idempotency, Conflict (the job that it replaces does not await
 *   confirmation any more)
 */
export async function createJob(ctx: Context, input: CreateJobInput, { repeats }: { repeats?: string } = {}): Promise<{ jobId: string }> {
  demand(ctx, "job.create");
  const parsed = createJobSchema.safeParse(input);
  if (!parsed.success) throw invalid(parsed.error);
  const request = parsed.data;

  const before = await earlierJob(ctx, request);
  if (before) return before;

  const role = await findRole(ctx, request.RoleArn, "RoleArn");
  const [operation] = Object.keys(request.Operation);
  for (const arn of otherRoles(request.Operation)) await findRole(ctx, arn, `Operation.${operation}`);
  const refusal = refusalOf(request.Operation, role.connection);
  if (refusal) throw new AppError("InvalidRequest", refusal.message, [refusal]);
  const definition = definitionOf(request);
  if (!request.ConfirmationRequired) await demandNoConfirmation(ctx, definition);
  const distrust = await refusalOfJob(ctx.db, definition);
  if (distrust !== null) throw new AppError("InvalidRequest", distrust, [{ path: "Operation", message: distrust }]);
  const jobId = randomUUID();
  const at = ctx.now();
  try {
    await ctx.db.$transaction(async (tx: Tx) => {
      await demandRoomForJob(ctx, tx, request.Replaces === undefined ? 0 : 1);
      // First, since of two that would replace one job only the first may.
      if (request.Replaces !== undefined) await makeWay(ctx, tx, { jobId: request.Replaces, replacedBy: jobId });
      await tx.job.create({
        data: {
          id: jobId,
          accountId: ctx.accountId,
          operation: operationOf(request.Operation).operation.name,
          dryRun: request.DryRun ?? false,
          description: request.Description ?? "",
          definition: definition as Prisma.InputJsonValue,
          definitionDigest: definitionDigest(definition),
          priority: request.Priority,
          tags: request.Tags ?? [],
          confirmationRequired: request.ConfirmationRequired,
          clientRequestToken: request.ClientRequestToken,
          requestDigest: requestDigest(request),
          roleId: role.id,
          createdById: ctx.caller.userId,
          createdAt: at,
          replacesId: request.Replaces ?? null,
          events: {
            create: [
              { actor: ctx.caller.name, type: "create", to: "New" as const, at },
              ...(request.Note === undefined ? [] : [{ actor: ctx.caller.name, type: "comment", detail: request.Note, at }]),
            ],
          },
        },
      });
      await recordAudit(tx, ctx, auditOf(request, { jobId, definition, repeats }));
      await ctx.boss.send(prepareQueue, { jobId }, { db: fromPrisma(tx) });
      await notifyJobs(tx);
    });
  } catch (error) {
    // Two equal requests at once: the one that came second gets the first one's job. Where they replace a job, it finds that gone.
    if (error instanceof AppError || (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")) {
      const winner = await earlierJob(ctx, request);
      if (winner) return winner;
    }
    throw error;
  }
  return { jobId };
}

/** All that the job is: its own record is forgotten some day. */
function auditOf(
  request: CreateJobRequest,
  { jobId, definition, repeats }: { jobId: string; definition: ReturnType<typeof definitionOf>; repeats: string | undefined },
): AuditRecord {
  const { Description: description = "", Priority, Tags, ConfirmationRequired, Replaces, Note } = request;
  const after = { ...definition, Priority, Tags, ConfirmationRequired, Replaces, Repeats: repeats, definitionDigest: definitionDigest(definition) };
  return { action: repeats === undefined ? "job.create" : "job.repeat", target: jobTarget({ id: jobId, description }), after, detail: Note };
}

/** Whether the confirmation policy lets a job run that asks for no confirmation. How many objects it has is seen as it is prepared. */
async function demandNoConfirmation(ctx: Context, definition: JobDefinition): Promise<void> {
  if (!mustWait(await readRules(ctx.db), ruledDefinition(definition, { createdById: ctx.caller.userId, totalTasks: 0 }))) return;
  const message = "must be true: the confirmation policy of this installation has somebody else than its creator confirm every job";
  throw new AppError("InvalidRequest", `ConfirmationRequired: ${message}`, [{ path: "ConfirmationRequired", message }]);
}

/** @throws AppError InvalidRequest at `path` when there is none in this account, Forbidden when the caller may not pass it */
async function findRole(ctx: Context, arn: string, path: string): Promise<ExecutionRole & { connection: Connection }> {
  const role = await ctx.db.executionRole.findUnique({ where: { arn }, include: { connection: true, passers: true } });
  if (role && arn.includes(`:iam::${ctx.accountId}:`)) {
    demandPass(ctx, role, path);
    return role;
  }
  const message = `There is no execution role ${arn}. Choose one of those that an admin has added.`;
  throw new AppError("InvalidRequest", message, [{ path, message }]);
}

const invalid = (error: z.ZodError): AppError => {
  const issues = error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  return new AppError("InvalidRequest", issues.map((issue) => `${issue.path}: ${issue.message}`).join("; "), issues);
};

async function earlierJob(ctx: Context, request: CreateJobRequest): Promise<{ jobId: string } | null> {
  const job = await ctx.db.job.findUnique({
    where: { accountId_clientRequestToken: { accountId: ctx.accountId, clientRequestToken: request.ClientRequestToken } },
  });
  if (!job) return null;
  // A job of before the digest was kept is compared by what never changes.
  const same =
    job.requestDigest === null
      ? job.definitionDigest === definitionDigest(definitionOf(request)) && job.confirmationRequired === request.ConfirmationRequired
      : job.requestDigest === requestDigest(request);
  if (!same) throw new AppError("Idempotency", "Another request came with the same ClientRequestToken and another body. Use a new token for a new job.");
  return { jobId: job.id };
}
