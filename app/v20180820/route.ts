import { env } from "#lib/env.ts";
import { budgets } from "#lib/http/budgets.ts";
import { runtime } from "#lib/http/runtime.ts";
import { handleRequest } from "#lib/s3-control/handle-request.ts";

/** The whole S3 Control API: every path below /v20180820 arrives here (see instrumentation.ts). */
const handler = (request: Request): Promise<Response> => {
  const { db, boss } = runtime();
  const { LONGSHORE_ACCOUNT_ID: accountId, LONGSHORE_TRUSTED_PROXIES: proxies } = env();
  return handleRequest({ db, boss, accountId, now: () => new Date(), budget: budgets.accessKey, proxies }, request);
};

export { handler as DELETE, handler as GET, handler as HEAD, handler as OPTIONS, handler as PATCH, handler as POST, handler as PUT };
