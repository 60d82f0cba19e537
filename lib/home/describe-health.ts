import type { Context } from "../jobs/context.ts";
import { countAlive } from "../jobs/workers.ts";
import { summarizeProbe } from "../probe/view-probe.ts";
import type { Health } from "./home-views.ts";

/** An installation with more connections has its own page to look at. */
const most = 50;

/** Whether anything is wrong with what runs the jobs. */
export async function describeHealth(ctx: Context): Promise<Health> {
  const [[alive], connections] = await Promise.all([
    countAlive(ctx.db),
    ctx.db.connection.findMany({ where: { probe: { isNot: null } }, select: { id: true, name: true, probe: true }, orderBy: { name: "asc" }, take: most }),
  ]);
  return {
    workersAlive: Number(alive?.alive ?? 0),
    connections: connections.flatMap(({ id, name, probe }) => {
      const { state, found } = summarizeProbe(probe);
      if (found && found.wrong > 0) return [{ id, name, problem: wrongly(found.wrong) }];
      return state === "failed" ? [{ id, name, problem: "could not be probed" }] : [];
    }),
  };
}

const wrongly = (count: number): string => (count === 1 ? "does one thing wrongly" : `does ${count} things wrongly`);
