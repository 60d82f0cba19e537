import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "./context.ts";
import { evenly, finestSeconds } from "./job-samples.ts";
import { isUuid } from "./move-job.ts";
import { sampleOf } from "./record-samples.ts";
import type { JobSamples } from "./sample-views.ts";

/** How fast a job ran, and how that went, in stretches of one length; where it did not run there is none. @throws AppError NotFound, Forbidden */
export async function listJobSamples(ctx: Context, jobId: string): Promise<JobSamples> {
  demand(ctx, "job.read");
  const job = isUuid(jobId) ? await ctx.db.job.findFirst({ where: { id: jobId, accountId: ctx.accountId }, select: { samples: true } }) : null;
  if (!job) throw new AppError("NotFound", `There is no job ${jobId.slice(0, 36)}.`);
  const samples = evenly(job.samples.map(sampleOf));
  return {
    seconds: samples[0]?.seconds ?? finestSeconds,
    samples: samples.map(({ at, firstAt, lastAt, succeeded, failed, throttled, inFlightMs }) => ({
      at: new Date(at).toISOString(),
      from: new Date(firstAt).toISOString(),
      to: new Date(lastAt).toISOString(),
      succeeded,
      failed,
      throttled,
      inFlightSeconds: inFlightMs / 1_000,
    })),
  };
}
