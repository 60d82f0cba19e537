import { z } from "zod";
import { route } from "#lib/http/route.ts";
import { confirmJob } from "#lib/jobs/confirm-job.ts";

const inputSchema = z.strictObject({
  definitionDigest: z.string().min(1, "Send the digest of the definition that was reviewed").max(128),
});

export const POST = route<{ jobId: string }>(async ({ ctx, params, body }) => {
  const { definitionDigest } = inputSchema.parse(await body());
  await confirmJob(ctx, { jobId: params.jobId, definitionDigest });
  return {};
});
