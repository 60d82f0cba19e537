import { Connection } from "#lib/db/connection.ts";
import { messageOf } from "#lib/errors.ts";
import { StartError } from "../errors.ts";

const OLDEST = 14;

/** @throws StartError when the server cannot be reached, or is too old */
export async function checkDatabase(url: string): Promise<void> {
  const client = new Connection({ connectionString: url, connectionTimeoutMillis: 10_000 });
  const { host, pathname } = new URL(url);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>("SHOW server_version_num");
    const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
    if (major < OLDEST) throw new StartError(`The server at ${host} is PostgreSQL ${major}; Longshore needs ${OLDEST} or newer.`);
  } catch (error) {
    if (error instanceof StartError) throw error;
    const words = error instanceof AggregateError ? error.errors.map(messageOf).join("; ") : messageOf(error);
    throw new StartError(`The database "${pathname.slice(1)}" at ${host} cannot be reached: ${words}. Check DATABASE_URL and that the server runs.`);
  } finally {
    await client.end().catch(() => undefined);
  }
}
