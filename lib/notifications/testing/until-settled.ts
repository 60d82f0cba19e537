import { expect } from "vitest";
import type { Db } from "../../db/client.ts";

/** Waits until feeds tell of what was committed: they wait for every older transaction of the cluster, and tests share one. */
export async function untilSettled(db: Db): Promise<void> {
  const [own] = await db.$queryRaw<{ id: string }[]>`SELECT pg_current_xact_id()::text AS id`;
  const look = () => db.$queryRaw`SELECT pg_snapshot_xmin(pg_current_snapshot()) > ${own?.id}::text::xid8 AS settled`;
  await expect.poll(look).toEqual([{ settled: true }]);
}
