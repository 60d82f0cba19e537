import type { ServerName } from "./servers.ts";

/** Where a server is known to differ from the contract, by "suite: check", and why. Each of them must fail on that server. */
export const knownDifferences: Record<ServerName, Record<string, string>> = {
  sandbox: {},
  "ceph-rgw": {},
};
