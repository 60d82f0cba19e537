import { z } from "zod";
import { route } from "#lib/http/route.ts";
import { prioritySchema } from "#lib/jobs/job-schema.ts";
import { updateJobPriority } from "#lib/jobs/update-job-priority.ts";

const body = z.strictObject({ priority: prioritySchema });

export const POST = route<{ jobId: string }>(async ({ ctx, params, request }) => {
  const { priority } = body.parse(await request.json());
  await updateJobPriority(ctx, { jobId: params.jobId, priority });
  return {};
});
