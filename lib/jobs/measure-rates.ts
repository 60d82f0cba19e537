import { z } from "zod";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import { operationNames } from "../operations/registry.ts";
import type { Context } from "./context.ts";
import { type MeasuredRates, rangeOf } from "./estimate-time.ts";
import { isUuid } from "./move-job.ts";

/** Ended jobs that are looked through, and those of them that are taken: the newest. */
const looked = 2_000;
const taken = 20;
/** A smaller job is mostly its beginning and its end. */
export const fewestTasks = 1_000;

export const ratesQuery = z.object({
  operation: z
    .string()
    .max(64)
    .refine((name) => operationNames.includes(name), "is no operation"),
  dryRun: z.enum(["true", "false"]).default("false"),
});

/**
 * How fast the last jobs of an operation have been on a connection: objects a second while they were active.
 * @throws AppError Forbidden, NotFound; ZodError
 */
export async function measureRates(ctx: Context, connectionId: string, query: z.input<typeof ratesQuery>): Promise<MeasuredRates> {
  demand(ctx, "job.read");
  const { operation, dryRun } = ratesQuery.parse(query);
  const connection = isUuid(connectionId) ? await ctx.db.connection.findUnique({ where: { id: connectionId }, select: { maxRequestsPerSecond: true } }) : null;
  if (!connection) throw new AppError("NotFound", "There is no such connection.");
  const rows = await ctx.db.$queryRaw<{ rate: number }[]>`
    SELECT (j.done / j."activeSeconds")::float8 AS rate
    FROM (
      SELECT "roleId", "operation", "dryRun", "accountId", "activeSeconds", "terminatedAt", "succeededTasks" + "failedTasks" AS done
      FROM "Job" WHERE "terminatedAt" IS NOT NULL ORDER BY "terminatedAt" DESC LIMIT ${looked}
    ) j JOIN "ExecutionRole" r ON r.id = j."roleId"
    WHERE r."connectionId" = ${connectionId}::uuid AND j."accountId" = ${ctx.accountId} AND j."operation" = ${operation}
      AND j."dryRun" = ${dryRun === "true"} AND j.done >= ${fewestTasks} AND j."activeSeconds" > 0
    ORDER BY j."terminatedAt" DESC LIMIT ${taken}`;
  return { jobs: rows.length, ...rangeOf(rows.map(({ rate }) => rate)), maxRequestsPerSecond: connection.maxRequestsPerSecond };
}
