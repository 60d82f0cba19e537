import { Agent, buildConnector } from "undici";
import { demandHost, guardedLookup } from "./guarded-lookup.ts";

/** Connections of undici's that lead nowhere forbidden. They follow no redirect: undici does only where it is told to. */
export function createGuardedAgent({ connectMs, ca, ...options }: Omit<Agent.Options, "connect"> & { connectMs: number; ca?: string[] | undefined }): Agent {
  const connect = buildConnector({ timeout: connectMs, lookup: guardedLookup, allowH2: false, ...(ca && { ca }) });
  return new Agent({
    ...options,
    allowH2: false,
    connect(target, callback) {
      try {
        demandHost(target.hostname);
      } catch (error) {
        // Later: undici expects no answer before it has asked.
        queueMicrotask(() => callback(error as Error, null));
        return;
      }
      connect(target, callback);
    },
  });
}
