import { z } from "zod";
import { demand } from "../../auth/permissions.ts";
import { cancelJob } from "../../jobs/cancel-job.ts";
import { confirmJob } from "../../jobs/confirm-job.ts";
import type { Context } from "../../jobs/context.ts";
import { statusUpdateReasonSchema } from "../../jobs/job-schema.ts";
import { awaitPreflight } from "../../preflight/await-preflight.ts";
import { type ApiOperation, parameter } from "../api-operation.ts";
import { updateJobStatusResult } from "../model.ts";
import { resultXml } from "../write-xml.ts";

/** What a client may ask for, and the verb that does it. A client has seen no review, so it confirms the job as it is now. */
const verbs = {
  Ready: async (ctx: Context, jobId: string, reason: string | undefined) => {
    demand(ctx, "job.confirm");
    await awaitPreflight(ctx, jobId);
    await confirmJob(ctx, { jobId, definitionDigest: null, reason });
  },
  Cancelled: (ctx: Context, jobId: string, reason: string | undefined) => cancelJob(ctx, { jobId, reason }),
};

const inputSchema = z.object({
  requestedJobStatus: z.enum(Object.keys(verbs) as (keyof typeof verbs)[], "must be Ready or Cancelled"),
  statusUpdateReason: statusUpdateReasonSchema,
});

export const updateJobStatusOperation: ApiOperation = {
  name: "UpdateJobStatus",
  method: "POST",
  path: "/jobs/{id}/status",
  run: async (ctx, { jobId, query }) => {
    const { requestedJobStatus, statusUpdateReason } = inputSchema.parse({
      requestedJobStatus: parameter(query, "requestedJobStatus"),
      statusUpdateReason: parameter(query, "statusUpdateReason"),
    });
    await verbs[requestedJobStatus](ctx, jobId, statusUpdateReason);
    const job = await ctx.db.job.findUniqueOrThrow({ where: { id: jobId }, select: { status: true, statusUpdateReason: true } });
    return resultXml("UpdateJobStatusResult", { JobId: jobId, Status: job.status, StatusUpdateReason: job.statusUpdateReason }, updateJobStatusResult);
  },
};
