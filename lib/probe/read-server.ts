import { createExchange, type Exchange } from "./exchange.ts";
import type { ProbeTarget } from "./probe-target.ts";

const patienceMs = 5_000;

/** How a store names itself, always asked by the same request: those in front of it may answer others. Null where it does not. */
export const serverOf = async (exchange: Exchange): Promise<string | null> =>
  (await exchange.send({ method: "HEAD", key: "" })).headers.server?.slice(0, 200) ?? null;

/** The same of a store that is not being probed. Undefined where it cannot be told. */
export async function readServer(target: ProbeTarget): Promise<string | null | undefined> {
  const exchange = createExchange(target, target.workBucket, AbortSignal.timeout(patienceMs), []);
  try {
    return await serverOf(exchange);
  } catch {
    return undefined;
  } finally {
    exchange.close();
  }
}
