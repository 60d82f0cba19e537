import { z } from "zod";
import { route } from "#lib/http/route.ts";
import { prioritySchema } from "#lib/jobs/job-schema.ts";
import { updateJobPriority } from "#lib/jobs/update-job-priority.ts";

const inputSchema = z.strictObject({ priority: prioritySchema });

export const POST = route<{ jobId: string }>(async ({ ctx, params, body }) => {
  const { priority } = inputSchema.parse(await body());
  await updateJobPriority(ctx, { jobId: params.jobId, priority });
  return {};
});
