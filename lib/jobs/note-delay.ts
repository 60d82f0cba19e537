import { storableText } from "../db/storable-text.ts";
import type { Context } from "./context.ts";

/** The same trouble is noted again after this long. */
const quietMs = 10 * 60_000;

/** Notes in the timeline what a job waits for: an endpoint that is away, a report that cannot be written for the moment. */
export async function noteDelay(ctx: Pick<Context, "db" | "now">, jobId: string, detail: string): Promise<void> {
  const at = ctx.now();
  const noted = await ctx.db.jobEvent.findFirst({ where: { jobId, type: "delay", at: { gt: new Date(at.getTime() - quietMs) } } });
  if (!noted) await ctx.db.jobEvent.create({ data: { jobId, actor: "Longshore", type: "delay", detail: storableText(detail, 1_000), at } });
}
