import { route } from "#lib/http/route.ts";
import { listWorkers } from "#lib/jobs/list-workers.ts";

/** → WorkerView[] */
export const GET = route(({ ctx }) => listWorkers(ctx));
