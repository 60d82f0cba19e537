import pg from "pg";
import { messageOf } from "#lib/errors.ts";
import { jobsChannel } from "#lib/jobs/notify-jobs.ts";
import type { EngineContext } from "./engine-context.ts";

const retryMs = 1_000;

/**
 * Calls `onChange` whenever a job has changed, and after a time without a connection. Where a pooler in between lets
 * nobody listen, nothing is said, and looking every so often has to do.
 * @returns a function that ends it
 */
export function listenToJobs(ctx: Pick<EngineContext, "log">, connectionString: string, onChange: () => void): () => Promise<void> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let ended = false;

  const again = (error?: unknown) => {
    client?.removeAllListeners().on("error", () => undefined);
    client?.end().catch(() => undefined);
    client = null;
    if (ended || timer) return;
    ctx.log.debug({ error: messageOf(error) }, "not told of changes of jobs; trying again");
    timer = setTimeout(connect, retryMs);
  };
  const connect = () => {
    timer = null;
    const opened = new pg.Client({ connectionString, keepAlive: true });
    client = opened;
    opened.on("notification", onChange).on("error", again).on("end", again);
    opened
      .connect()
      .then(() => opened.query(`LISTEN ${jobsChannel}`))
      .then(onChange)
      .catch((error: unknown) => client === opened && again(error));
  };
  connect();
  return async () => {
    ended = true;
    if (timer) clearTimeout(timer);
    client?.removeAllListeners().on("error", () => undefined);
    await client?.end().catch(() => undefined);
  };
}
