import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningPostgres, startPostgres } from "../embedded-postgres.ts";

/** PostgreSQL on a random port over a temporary directory, which stop() removes. Not durable, therefore fast. */
export async function startTemporaryPostgres(): Promise<RunningPostgres> {
  const dir = await mkdtemp(join(tmpdir(), "longshore-postgres-"));
  await chmod(dir, 0o755);
  try {
    const postgres = await startPostgres({ dir: join(dir, "postgres"), log: join(dir, "postgres.log"), durable: false });
    return {
      ...postgres,
      stop: async () => {
        await postgres.stop();
        await rm(dir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
}
